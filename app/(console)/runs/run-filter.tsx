"use client";

import { debounce, useQueryStates } from "nuqs";
import { lazy, useTransition } from "react";
import { loadCode } from "#app/_data/connection";
import { Choice } from "#app/_ui/field";
import { FilterButton } from "../_list/filter/filter-button";
import { useGoToList } from "../_list/filter/go-to-list";
import { KeySearch } from "../_list/filter/key-search";
import { useLateBoundary } from "../_shell/late-boundary";
import { isFiltered, type RunsView, runsParsers, SORTS } from "./view";

// Most visits need neither.
const RunFilterBuilder = lazy(() =>
  loadCode(() => import("./runs-filter-parts")).then((module) => ({ default: module.RunFilterBuilder })),
);
const RunFilterChips = lazy(() =>
  loadCode(() => import("./runs-filter-parts")).then((module) => ({ default: module.RunFilterChips })),
);

const SORT_LABELS: Record<RunsView["sort"], string> = {
  newest: "Newest",
  oldest: "Oldest",
  name: "Name (A–Z)",
  "name-desc": "Name (Z–A)",
};

/** The filter of flow runs and their grouping, stored in the URL. Without JavaScript it is a form that requests the same URL. */
export function RunFilter() {
  const [pending, startTransition] = useTransition();
  const [view, setView] = useQueryStates(runsParsers, { shallow: false, scroll: false, startTransition });
  const goToList = useGoToList(pending);
  const filtered = isFiltered({ ...view, name: "" });
  const Boundary = useLateBoundary(filtered);
  const onView = (changed: RunsView) => setView(changed, { history: "push" });
  return (
    <div aria-busy={pending} className="mt-4 mb-3 flex flex-wrap gap-2">
      <form action="/runs" onSubmit={(event) => event.preventDefault()} className="contents">
        <KeySearch
          name="name"
          label="Name contains"
          value={view.name}
          onSearch={(name) => setView({ name, cursor: null }, { limitUrlUpdates: debounce(200), history: "replace" })}
          onLeave={() => setView({ name: view.name, cursor: null }, { history: "replace" }).then(goToList)}
        />
        <noscript>
          <button type="submit" className="h-8 rounded-md border border-edge bg-surface px-3 text-sm">
            Apply
          </button>
        </noscript>
      </form>
      <FilterButton>{(close) => <RunFilterBuilder view={view} onView={onView} onClose={close} />}</FilterButton>
      <div className="flex gap-2 max-md:w-full md:ml-auto">
        <Choice
          aria-label="Sort"
          value={view.sort}
          onChange={({ target }) =>
            setView({ sort: SORTS.find((each) => each === target.value) ?? null, cursor: null }, { history: "push" })
          }
          // The heads of columns sort where there are any.
          className="min-w-0 flex-1 md:hidden"
        >
          {SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {SORT_LABELS[sort]}
            </option>
          ))}
        </Choice>
        <Choice
          aria-label="Group"
          value={view.group}
          onChange={(event) => setView({ group: event.target.value === "flow" ? "flow" : null }, { history: "push" })}
          className="min-w-0 max-md:flex-1 md:w-32"
        >
          <option value="none">No groups</option>
          <option value="flow">By flow</option>
        </Choice>
      </div>
      <Boundary>{filtered && <RunFilterChips view={view} onView={onView} />}</Boundary>
    </div>
  );
}

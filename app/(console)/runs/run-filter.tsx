"use client";

import { debounce, useQueryStates } from "nuqs";
import { lazy, useTransition } from "react";
import { loadCode } from "#app/_data/connection";
import { Choice } from "#app/_ui/field";
import { FilterButton } from "../_list/filter/filter-button";
import { useGoToList } from "../_list/filter/go-to-list";
import { KeySearch } from "../_list/filter/key-search";
import { useLateBoundary } from "../_shell/late-boundary";
import { isFiltered, type RunsView, runsParsers } from "./view";

// Most visits need neither.
const RunFilterBuilder = lazy(() =>
  loadCode(() => import("./runs-filter-parts")).then((module) => ({ default: module.RunFilterBuilder })),
);
const RunFilterChips = lazy(() =>
  loadCode(() => import("./runs-filter-parts")).then((module) => ({ default: module.RunFilterChips })),
);

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
      <Choice
        aria-label="Group"
        value={view.group}
        onChange={(event) => setView({ group: event.target.value === "flow" ? "flow" : null }, { history: "push" })}
        className="w-32 sm:ml-auto"
      >
        <option value="none">No groups</option>
        <option value="flow">By flow</option>
      </Choice>
      <Boundary>{filtered && <RunFilterChips view={view} onView={onView} />}</Boundary>
    </div>
  );
}

"use client";

import { useQueryStates } from "nuqs";
import { lazy, useTransition } from "react";
import { useClient } from "#app/_data/client";
import { loadCode } from "#app/_data/connection";
import { Choice } from "#app/_ui/field";
import { writtenValue } from "#contract/query/print";
import { KNOWN_TYPES } from "../../../_list/artifact-type";
import type { Display } from "../../../_list/columns/display";
import { FilterButton } from "../../../_list/filter/filter-button";
import { useGoToList } from "../../../_list/filter/go-to-list";
import { QueryBox } from "../../../_list/query/query-box";
import { PastMenu } from "../../../_past/past-menu";
import { useLateBoundary } from "../../../_shell/late-boundary";
import { loadFacets } from "../load-facets";
import {
  GROUPS,
  type Group,
  groupOf,
  hrefOf,
  isFiltered,
  type Layout,
  type Sort,
  scopeOf,
  sortOf,
  sortsOf,
  type View,
  viewParsers,
} from "../view";
import { ViewsMenu } from "../views/views-menu";
import { LayoutToggle } from "./layout-toggle";

// Most visits need neither.
const ArtifactFilterBuilder = lazy(() =>
  loadCode(() => import("./artifact-filter")).then((module) => ({ default: module.ArtifactFilterBuilder })),
);
const ArtifactFilterChips = lazy(() =>
  loadCode(() => import("./artifact-filter")).then((module) => ({ default: module.ArtifactFilterChips })),
);

const SORT_LABELS: Record<Sort, string> = {
  newest: "Newest",
  oldest: "Oldest",
  updated: "Recently updated",
  key: "Key (A–Z)",
  "key-desc": "Key (Z–A)",
  type: "Type (A–Z)",
  "type-desc": "Type (Z–A)",
  number: "Lowest number",
  "number-desc": "Highest number",
  rows: "Fewest rows",
  "rows-desc": "Most rows",
  size: "Smallest",
  "size-desc": "Largest",
  version: "Lowest version",
  "version-desc": "Highest version",
};

const GROUP_LABELS: Record<Group, string> = { none: "No groups", run: "By run", day: "By day" };

const FORM = "artifact-filters";
const FIELD = "min-w-22 max-sm:flex-1";

/** The filters and the sort order of the list, stored in the URL. Without JavaScript it is a form that requests the same URL. */
export function FilterBar({
  layout,
  display,
  hasDefault,
  isInvalid,
}: {
  layout: Layout;
  display: Display | null;
  /** Whether the reader has a default view, and the URL has no `view`. */
  hasDefault: boolean;
  /** Whether `q` is not a query. */
  isInvalid: boolean;
}) {
  const client = useClient();
  const [pending, startTransition] = useTransition();
  const [linked, setLinked] = useQueryStates(viewParsers, { shallow: false, scroll: false, startTransition });
  const view: View = hasDefault && linked.view === "" ? { ...linked, view: "none" } : linked;
  // An address without parameters would open the default.
  const setView = (changed: { [Name in keyof View]?: View[Name] | null }, history: "push" | "replace") =>
    setLinked(hasDefault ? { view: "none", ...changed } : changed, { history });
  const goToList = useGoToList(pending);
  const sorts = sortsOf(scopeOf(view));
  const filtered = isFiltered({ ...view, key: "" });
  const Boundary = useLateBoundary(filtered);
  const onView = (changed: View) => setView(changed, "push");
  return (
    <div className="relative mt-4 mb-3 flex flex-wrap gap-2">
      <form id={FORM} action="/artifacts" onSubmit={(event) => event.preventDefault()} className="contents">
        <HiddenFields view={view} />
        <QueryBox
          label="Search artifacts"
          value={searchedText(view)}
          isInvalid={isInvalid}
          facets={{
            key: hrefOf({ ...view, key: "", q: "", cursor: "" }),
            load: (q) => loadFacets(client, { ...view, key: "", q }),
          }}
          onSearch={(q) => setView({ q, key: null, cursor: null }, "replace")}
          onLeave={(q) => setView({ q, key: null, cursor: null }, "replace").then(goToList)}
        />
        <noscript>
          <select name="type" aria-label="Type" defaultValue={view.type} className="h-8 rounded-md border">
            <option value="">All types</option>
            {KNOWN_TYPES.map((type) => (
              <option key={type}>{type}</option>
            ))}
          </select>
          <button type="submit" className="h-8 rounded-md border border-edge bg-surface px-3 text-sm">
            Apply
          </button>
        </noscript>
      </form>
      <FilterButton>{(close) => <ArtifactFilterBuilder view={view} onView={onView} onClose={close} />}</FilterButton>
      <ViewsMenu view={view} layout={layout} display={display} />
      {/* Where they don't fit into the line, they go on the next one together. */}
      <div className="flex gap-2 max-sm:contents sm:ml-auto">
        <Choice
          form={FORM}
          name="sort"
          aria-label="Sort"
          value={sortOf(view)}
          onChange={(event) => {
            const sort = sorts.find((each) => each === event.target.value);
            setView({ sort: sort ?? null, cursor: null }, "push");
          }}
          // The heads of columns sort where there are any.
          className={`${FIELD} sm:w-36 ${layout === "list" ? "lg:hidden" : ""}`}
        >
          {sorts.map((sort) => (
            <option key={sort} value={sort}>
              {SORT_LABELS[sort]}
            </option>
          ))}
        </Choice>
        {layout === "list" && groupOf(view) !== null && (
          <Choice
            form={FORM}
            name="group"
            aria-label="Group"
            value={view.group}
            onChange={(event) => {
              const group = GROUPS.find((each) => each === event.target.value);
              setView({ group: group ?? null }, "push");
            }}
            className={`${FIELD} sm:w-32`}
          >
            {GROUPS.map((group) => (
              <option key={group} value={group}>
                {GROUP_LABELS[group]}
              </option>
            ))}
          </Choice>
        )}
        {view.asOf === "" && <PastMenu />}
        {view.asOf === "" && <LayoutToggle view={view} layout={layout} />}
      </div>
      <Boundary>{filtered && <ArtifactFilterChips view={view} onView={onView} />}</Boundary>
      {pending && (
        <div aria-hidden className="absolute inset-x-0 -bottom-2 h-0.5 overflow-hidden rounded">
          <div className="busy-line h-full w-1/4 bg-accent" />
        </div>
      )}
    </div>
  );
}

/** What the search box shows: the part of a key that is searched, and the query. */
function searchedText({ keys, key, q }: View): string {
  const part = keys === "none" || key === "" ? "" : `key:*${writtenValue(key)}*`;
  return [part, q].filter(Boolean).join(" ");
}

/** The parts of a view without a field in the form, for a submission without JavaScript. */
function HiddenFields({ view }: { view: View }) {
  return (
    <>
      {view.versions !== "latest" && <input type="hidden" name="versions" value={view.versions} />}
      {view.keys !== "any" && <input type="hidden" name="keys" value={view.keys} />}
      {view.show && <input type="hidden" name="show" value={view.show} />}
      {view.flow && <input type="hidden" name="flow" value={view.flow} />}
      {view.deployment && <input type="hidden" name="deployment" value={view.deployment} />}
      {view.state && <input type="hidden" name="state" value={view.state} />}
      {view.description && <input type="hidden" name="description" value={view.description} />}
      {view.created && <input type="hidden" name="created" value={view.created} />}
      {view.where && <input type="hidden" name="where" value={view.where} />}
      {view.asOf && <input type="hidden" name="asOf" value={view.asOf} />}
      {view.view && <input type="hidden" name="view" value={view.view} />}
      {view.density && <input type="hidden" name="density" value={view.density} />}
      {view.columns && <input type="hidden" name="columns" value={viewParsers.columns.serialize(view.columns)} />}
      {view.tags.length > 0 && <input type="hidden" name="tags" value={viewParsers.tags.serialize(view.tags)} />}
    </>
  );
}

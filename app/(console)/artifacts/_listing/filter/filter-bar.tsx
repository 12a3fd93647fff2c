"use client";

import { useQuery } from "@tanstack/react-query";
import { Search, X } from "lucide-react";
import { debounce, useQueryStates } from "nuqs";
import { useRef, useTransition } from "react";
import { useApi } from "#app/_data/client";
import { Button } from "#app/_ui/button";
import { Choice, TextField } from "#app/_ui/field";
import { useShortcuts } from "#app/_ui/shortcut";
import { formatCount } from "#formats/number";
import { KNOWN_TYPES, typeName } from "../../../_list/artifact-type";
import { facetsQuery } from "../queries";
import { activeFilters, NO_FILTERS, type ShownAs, SORTS, viewParsers } from "../view";
import { FilterAdder } from "./filter-adder";
import { FilterChips } from "./filter-chips";
import { KeptFilters } from "./kept-filters";
import { ShowAs } from "./layout-toggle";
import { ViewsMenu } from "./views-menu";

const SORT_WORDS = {
  newest: "Newest first",
  oldest: "Oldest first",
  updated: "Last updated",
  key: "Key A to Z",
  "key-desc": "Key Z to A",
};

const FORM = "artifact-filters";
const FIELD = "min-w-0 max-sm:flex-1";

/** The filters and the order of the list, kept in the URL. Without scripts it is a form that asks for the same URL. */
export function FilterBar({ as }: { as: ShownAs }) {
  const [pending, startTransition] = useTransition();
  const [view, setView] = useQueryStates(viewParsers, { shallow: false, scroll: false, startTransition });
  const { data: facets } = useQuery(facetsQuery(useApi(), { ...view, type: "", cursor: "" }));
  const search = useRef<HTMLInputElement>(null);
  useShortcuts({ "/": { label: "Search keys", run: () => search.current?.select() } }, "List");
  const types: string[] = [...KNOWN_TYPES, "json"];
  for (const { value } of facets?.types ?? []) if (value !== null && !types.includes(value)) types.push(value);
  if (view.type && !types.includes(view.type)) types.push(view.type);
  const countOf = (type: string) => facets && (facets.types.find(({ value }) => value === type)?.count ?? 0);

  return (
    <div className="relative mt-4 mb-3 flex flex-wrap gap-2">
      <form id={FORM} action="/artifacts" onSubmit={(event) => event.preventDefault()} className="contents">
        <KeptFilters view={view} />
        {view.keys !== "none" && (
          <div className="relative min-w-48 flex-1 basis-full sm:max-w-80 sm:basis-auto">
            <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" />
            <TextField
              ref={search}
              type="search"
              name="key"
              aria-label="Key contains"
              aria-keyshortcuts="/"
              placeholder="Key contains…"
              autoComplete="off"
              spellCheck={false}
              maxLength={255}
              value={view.key}
              onChange={(event) =>
                setView(
                  { key: event.target.value, cursor: null },
                  { limitUrlUpdates: debounce(200), history: "replace" },
                )
              }
              onKeyDown={(event) => {
                if (event.key !== "Escape") return;
                // The browser's own Escape would empty the field.
                event.preventDefault();
                event.currentTarget.blur();
              }}
              className="w-full pl-8"
            />
          </div>
        )}
        <Choice
          name="type"
          aria-label="Type"
          value={view.type}
          onChange={(event) => setView({ type: event.target.value, cursor: null }, { history: "push" })}
          className={`${FIELD} sm:w-36`}
        >
          <option value="">Any type</option>
          {types.map((type) => (
            <option key={type} value={type}>
              {typeName(type)}
              {countOf(type) !== undefined && ` (${formatCount(countOf(type) ?? 0)}${facets?.complete ? "" : "+"})`}
            </option>
          ))}
        </Choice>
        <noscript>
          <button type="submit" className="h-8 rounded-md border border-edge bg-surface px-3 text-sm">
            Apply
          </button>
        </noscript>
      </form>
      <FilterAdder view={view} onAdd={(part) => setView({ ...part, cursor: null }, { history: "push" })} />
      <ViewsMenu view={view} />
      {activeFilters(view).length > 0 && (
        <Button look="quiet" onClick={() => setView({ ...NO_FILTERS, cursor: null }, { history: "push" })}>
          <X aria-hidden className="size-3.5" />
          Clear
        </Button>
      )}
      <Choice
        form={FORM}
        name="sort"
        aria-label="Order"
        value={view.sort}
        onChange={(event) => {
          const sort = SORTS.find((each) => each === event.target.value);
          setView({ sort: sort ?? null, cursor: null }, { history: "push" });
        }}
        className={`${FIELD} sm:ml-auto sm:w-36`}
      >
        {SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {SORT_WORDS[sort]}
          </option>
        ))}
      </Choice>
      <ShowAs view={view} as={as} />
      <FilterChips view={view} />
      {pending && (
        <div aria-hidden className="absolute inset-x-0 -bottom-2 h-0.5 overflow-hidden rounded">
          <div className="busy-line h-full w-1/4 bg-accent" />
        </div>
      )}
    </div>
  );
}

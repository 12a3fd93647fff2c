"use client";

import { useQuery } from "@tanstack/react-query";
import { Search, X } from "lucide-react";
import { debounce, useQueryStates } from "nuqs";
import { useTransition } from "react";
import { useApi } from "#app/_data/client";
import { Button } from "#app/_ui/button";
import { Choice, TextField } from "#app/_ui/field";
import { count } from "#reading/measure";
import { KNOWN_TYPES, typeWord } from "../artifact-type";
import { FilterAdder } from "./filter-adder";
import { FilterChips } from "./filter-chips";
import { facetsQuery } from "./queries";
import { activeFilters, SORTS, viewParsers } from "./view";

const SORT_WORDS = {
  newest: "Newest first",
  oldest: "Oldest first",
  updated: "Last updated",
  key: "Key A to Z",
  "key-desc": "Key Z to A",
};

const NOTHING = { key: null, type: null, flow: null, deployment: null, state: null, tags: null };

/** The filters and the order of the list, kept in the URL. Without scripts it is a form that asks for the same URL. */
export function FilterBar() {
  const [pending, startTransition] = useTransition();
  const [view, setView] = useQueryStates(viewParsers, { shallow: false, scroll: false, startTransition });
  const { data: facets } = useQuery(facetsQuery(useApi(), { ...view, type: "", cursor: "" }));
  const types: string[] = [...KNOWN_TYPES, "json"];
  for (const { value } of facets?.types ?? []) if (value !== null && !types.includes(value)) types.push(value);
  if (view.type && !types.includes(view.type)) types.push(view.type);
  const countOf = (type: string) => facets && (facets.types.find(({ value }) => value === type)?.count ?? 0);

  return (
    <form
      action="/artifacts"
      onSubmit={(event) => event.preventDefault()}
      className="relative mt-4 mb-3 flex flex-wrap gap-2"
    >
      {view.versions !== "latest" && <input type="hidden" name="versions" value={view.versions} />}
      {view.keys !== "any" && <input type="hidden" name="keys" value={view.keys} />}
      {view.flow && <input type="hidden" name="flow" value={view.flow} />}
      {view.deployment && <input type="hidden" name="deployment" value={view.deployment} />}
      {view.state && <input type="hidden" name="state" value={view.state} />}
      {view.tags.length > 0 && <input type="hidden" name="tags" value={viewParsers.tags.serialize(view.tags)} />}
      {view.keys !== "none" && (
        <div className="relative min-w-48 flex-1 basis-full sm:max-w-80 sm:basis-auto">
          <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" />
          <TextField
            type="search"
            name="key"
            aria-label="Key contains"
            placeholder="Key contains…"
            autoComplete="off"
            spellCheck={false}
            maxLength={255}
            value={view.key}
            onChange={(event) =>
              setView({ key: event.target.value, cursor: null }, { limitUrlUpdates: debounce(200), history: "replace" })
            }
            className="w-full pl-8"
          />
        </div>
      )}
      <Choice
        name="type"
        aria-label="Type"
        value={view.type}
        onChange={(event) => setView({ type: event.target.value, cursor: null }, { history: "push" })}
        className="min-w-[40%] flex-1 sm:w-36 sm:min-w-0 sm:flex-none"
      >
        <option value="">Any type</option>
        {types.map((type) => (
          <option key={type} value={type}>
            {typeWord(type)}
            {countOf(type) !== undefined && ` (${count(countOf(type) ?? 0)}${facets?.complete ? "" : "+"})`}
          </option>
        ))}
      </Choice>
      <Choice
        name="sort"
        aria-label="Order"
        value={view.sort}
        onChange={(event) => {
          const sort = SORTS.find((each) => each === event.target.value);
          setView({ sort: sort ?? null, cursor: null }, { history: "push" });
        }}
        className="min-w-[40%] flex-1 sm:w-40 sm:min-w-0 sm:flex-none"
      >
        {SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {SORT_WORDS[sort]}
          </option>
        ))}
      </Choice>
      <FilterAdder view={view} onAdd={(part) => setView({ ...part, cursor: null }, { history: "push" })} />
      {activeFilters(view).length > 0 && (
        <Button look="quiet" onClick={() => setView({ ...NOTHING, cursor: null }, { history: "push" })}>
          <X aria-hidden className="size-3.5" />
          Clear
        </Button>
      )}
      <noscript>
        <button type="submit" className="h-8 rounded-md border border-edge bg-surface px-3 text-sm">
          Apply
        </button>
      </noscript>
      <FilterChips view={view} />
      {pending && (
        <div aria-hidden className="absolute inset-x-0 -bottom-2 h-0.5 overflow-hidden rounded">
          <div className="busy-line h-full w-1/4 bg-accent" />
        </div>
      )}
    </form>
  );
}

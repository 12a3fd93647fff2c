"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { debounce, useQueryStates } from "nuqs";
import { useTransition } from "react";
import { useApi } from "#app/_data/client";
import { Button } from "#app/_ui/button";
import { Choice, TextField } from "#app/_ui/field";
import { STATE_TYPES } from "#contract/state";
import { stateLabel } from "../_list/state-label";
import { flowChoicesQuery } from "./queries";
import { activeFilters, runsParsers, SPAN_NAMES, SPANS } from "./view";

const NOTHING = { name: null, flow: null, state: null, tags: null, started: null, cursor: null };
const CHOICE = "min-w-[40%] flex-1 sm:w-40 sm:min-w-0 sm:flex-none";

/** What flow runs are filtered by, kept in the URL. Without scripts it is a form that asks for the same URL. */
export function RunFilter() {
  const [pending, startTransition] = useTransition();
  const [view, setView] = useQueryStates(runsParsers, { shallow: false, scroll: false, startTransition });
  const { data: flows = [] } = useQuery(flowChoicesQuery(useApi()));
  const names = flows.map(({ name }) => name);
  if (view.flow && !names.includes(view.flow)) names.push(view.flow);
  const type = (part: Partial<typeof view>) =>
    setView({ ...part, cursor: null }, { limitUrlUpdates: debounce(200), history: "replace" });
  const choose = (part: Partial<typeof view>) => setView({ ...part, cursor: null }, { history: "push" });
  const tag = (text: string) => {
    const tags = tagsIn(text);
    if (tags.join() !== view.tags.join()) choose({ tags });
  };
  return (
    <form
      action="/runs"
      onSubmit={(event) => event.preventDefault()}
      aria-busy={pending}
      className="mt-4 mb-3 flex flex-wrap gap-2"
    >
      <TextField
        type="search"
        name="name"
        aria-label="Name contains"
        placeholder="Name contains…"
        autoComplete="off"
        spellCheck={false}
        maxLength={255}
        value={view.name}
        onChange={(event) => type({ name: event.target.value })}
        className="min-w-[40%] flex-1 sm:max-w-64 sm:min-w-40"
      />
      <TextField
        name="tags"
        aria-label="Tags"
        placeholder="Tags, a comma between"
        autoComplete="off"
        spellCheck={false}
        maxLength={1000}
        key={view.tags.join()}
        defaultValue={view.tags.join(", ")}
        onBlur={(event) => tag(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") tag(event.currentTarget.value);
        }}
        className="min-w-[40%] flex-1 sm:max-w-52 sm:min-w-40"
      />
      <Choice
        name="flow"
        aria-label="Flow"
        value={view.flow}
        onChange={(event) => choose({ flow: event.target.value })}
        className={CHOICE}
      >
        <option value="">Any flow</option>
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </Choice>
      <Choice
        name="state"
        aria-label="State"
        value={view.state ?? ""}
        onChange={(event) => choose({ state: STATE_TYPES.find((each) => each === event.target.value) ?? null })}
        className={CHOICE}
      >
        <option value="">Any state</option>
        {STATE_TYPES.map((state) => (
          <option key={state} value={state}>
            {stateLabel(state)}
          </option>
        ))}
      </Choice>
      <Choice
        name="started"
        aria-label="Started"
        value={view.started ?? ""}
        onChange={(event) => choose({ started: SPAN_NAMES.find((each) => each === event.target.value) ?? null })}
        className={CHOICE}
      >
        <option value="">At any time</option>
        {SPAN_NAMES.map((span) => (
          <option key={span} value={span}>
            In the {SPANS[span].words}
          </option>
        ))}
      </Choice>
      {activeFilters(view).length > 0 && (
        <Button look="quiet" onClick={() => setView(NOTHING, { history: "push" })}>
          <X aria-hidden className="size-3.5" />
          Clear
        </Button>
      )}
      <noscript>
        <button type="submit" className="h-8 rounded-md border border-edge bg-surface px-3 text-sm">
          Apply
        </button>
      </noscript>
    </form>
  );
}

function tagsIn(text: string): string[] {
  const tags = text.split(",").map((tag) => tag.trim());
  return [...new Set(tags)].filter(Boolean);
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useTransition } from "react";
import { useApi } from "#app/_data/client";
import { Button } from "#app/_ui/button";
import { Choice } from "#app/_ui/field";
import { STATE_TYPES } from "#contract/state";
import { stateWord } from "../state-word";
import { flowChoicesQuery } from "./queries";
import { runsParsers } from "./view";

/** By which flow and state runs are filtered, kept in the URL. Without scripts it is a form that asks for the same URL. */
export function RunFilter() {
  const [pending, startTransition] = useTransition();
  const [view, setView] = useQueryStates(runsParsers, { shallow: false, scroll: false, startTransition });
  const { data: flows = [] } = useQuery(flowChoicesQuery(useApi()));
  const names = flows.map(({ name }) => name);
  if (view.flow && !names.includes(view.flow)) names.push(view.flow);
  return (
    <form
      action="/runs"
      onSubmit={(event) => event.preventDefault()}
      aria-busy={pending}
      className="mt-4 mb-3 flex flex-wrap gap-2"
    >
      <Choice
        name="flow"
        aria-label="Flow"
        value={view.flow}
        onChange={(event) => setView({ flow: event.target.value, cursor: null }, { history: "push" })}
        className="min-w-0 flex-1 sm:w-56 sm:flex-none"
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
        onChange={(event) => {
          const state = STATE_TYPES.find((each) => each === event.target.value);
          setView({ state: state ?? null, cursor: null }, { history: "push" });
        }}
        className="min-w-0 flex-1 sm:w-40 sm:flex-none"
      >
        <option value="">Any state</option>
        {STATE_TYPES.map((state) => (
          <option key={state} value={state}>
            {stateWord(state)}
          </option>
        ))}
      </Choice>
      {(view.flow || view.state) && (
        <Button look="quiet" onClick={() => setView({ flow: null, state: null, cursor: null }, { history: "push" })}>
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

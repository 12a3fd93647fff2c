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
import { deploymentChoicesQuery, flowChoicesQuery } from "./queries";
import { activeFilters, parseTags, runsParsers, SPAN_NAMES, SPANS } from "./view";

const NO_FILTERS = { name: null, flow: null, deployment: null, state: null, tags: null, started: null, cursor: null };
const CHOICE = "min-w-[40%] flex-1 sm:w-40 sm:min-w-0 sm:flex-none";

/** The filters of flow runs, stored in the URL. Without JavaScript it is a form that requests the same URL. */
export function RunFilter() {
  const [pending, startTransition] = useTransition();
  const [view, setView] = useQueryStates(runsParsers, { shallow: false, scroll: false, startTransition });
  const api = useApi();
  const { data: flows } = useQuery(flowChoicesQuery(api));
  const { data: deployments } = useQuery(deploymentChoicesQuery(api, view.flow));
  const deploymentNames = namesWith(deployments, view.deployment);
  const setWhileTyping = (part: Partial<typeof view>) =>
    setView({ ...part, cursor: null }, { limitUrlUpdates: debounce(200), history: "replace" });
  const setFilter = (part: Partial<typeof view>) => setView({ ...part, cursor: null }, { history: "push" });
  const setTags = (text: string) => {
    const tags = parseTags(text);
    if (tags.join() !== view.tags.join()) setFilter({ tags });
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
        onChange={(event) => setWhileTyping({ name: event.target.value })}
        className="min-w-[40%] flex-1 sm:max-w-64 sm:min-w-40"
      />
      <TextField
        name="tags"
        aria-label="Tags"
        placeholder="Tags (comma-separated)"
        autoComplete="off"
        spellCheck={false}
        maxLength={1000}
        key={view.tags.join()}
        defaultValue={view.tags.join(", ")}
        onBlur={(event) => setTags(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") setTags(event.currentTarget.value);
        }}
        className="min-w-[40%] flex-1 sm:max-w-52 sm:min-w-40"
      />
      <Choice
        name="flow"
        aria-label="Flow"
        value={view.flow}
        onChange={(event) => setFilter({ flow: event.target.value, deployment: "" })}
        className={CHOICE}
      >
        <option value="">All flows</option>
        {namesWith(flows, view.flow).map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </Choice>
      {deploymentNames.length > 0 && (
        <Choice
          name="deployment"
          aria-label="Deployment"
          value={view.deployment}
          onChange={(event) => setFilter({ deployment: event.target.value })}
          className={CHOICE}
        >
          <option value="">All deployments</option>
          {deploymentNames.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Choice>
      )}
      <Choice
        name="state"
        aria-label="State"
        value={view.state ?? ""}
        onChange={(event) => setFilter({ state: STATE_TYPES.find((each) => each === event.target.value) ?? null })}
        className={CHOICE}
      >
        <option value="">All states</option>
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
        onChange={(event) => setFilter({ started: SPAN_NAMES.find((each) => each === event.target.value) ?? null })}
        className={CHOICE}
      >
        <option value="">Any time</option>
        {SPAN_NAMES.map((span) => (
          <option key={span} value={span}>
            {SPANS[span].label}
          </option>
        ))}
      </Choice>
      {activeFilters(view).length > 0 && (
        <Button look="quiet" onClick={() => setView(NO_FILTERS, { history: "push" })}>
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

/** The names of rows, each once, and the chosen one. */
function namesWith(rows: { name: string }[] = [], chosen: string): string[] {
  return [...new Set([...rows.map(({ name }) => name), ...(chosen ? [chosen] : [])])];
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import { Choice } from "#app/_ui/field";
import type { FacetValue } from "#contract/query";
import { StateType } from "#contract/where";
import { count } from "#reading/measure";
import { stateWord } from "../state-word";
import { facetsQuery } from "./queries";
import type { View } from "./view";

const KINDS = ["flow", "deployment", "state", "tag"] as const;
const WORDS = { flow: "Flow", deployment: "Deployment", state: "State of the run", tag: "Tag of the run" };

/** Filters to add, from what the rows that are found have in common, each with how many of them have it. */
export function FilterAdder({ view, onAdd }: { view: View; onAdd: (part: Partial<View>) => void }) {
  const { data: facets } = useQuery(facetsQuery(useApi(), { ...view, cursor: "" }));
  const offered: Record<(typeof KINDS)[number], FacetValue[]> = {
    flow: view.flow ? [] : once(facets?.flows),
    deployment: view.deployment ? [] : once(facets?.deployments),
    state: view.state ? [] : once(facets?.states),
    tag: once(facets?.tags).filter(({ value }) => value !== null && !view.tags.includes(value)),
  };
  if (KINDS.every((kind) => offered[kind].length === 0)) return null;
  const add = (choice: string) => {
    const kind = KINDS.find((each) => choice.startsWith(`${each}:`));
    const value = choice.slice(choice.indexOf(":") + 1);
    if (kind === "tag") onAdd({ tags: [...view.tags, value] });
    else if (kind === "state") onAdd({ state: StateType.options.find((each) => each === value) ?? null });
    else if (kind) onAdd({ [kind]: value });
  };
  return (
    <Choice
      aria-label="Add a filter"
      value=""
      onChange={(event) => add(event.target.value)}
      className="min-w-[40%] flex-1 sm:w-36 sm:min-w-0 sm:flex-none"
    >
      <option value="">Add a filter…</option>
      {KINDS.map(
        (kind) =>
          offered[kind].length > 0 && (
            <optgroup key={kind} label={WORDS[kind]}>
              {offered[kind].map(({ value, count: many }) => (
                <option key={value} value={`${kind}:${value}`}>
                  {kind === "state" ? stateWord(value ?? "") : value} ({count(many)}
                  {facets?.complete ? "" : "+"})
                </option>
              ))}
            </optgroup>
          ),
      )}
    </Choice>
  );
}

/** Values that are not nothing; of one name in several flows the most frequent. */
function once(values: FacetValue[] | undefined): FacetValue[] {
  const seen = new Set<string | null>([null]);
  return (values ?? []).filter(({ value }) => !seen.has(value) && seen.add(value));
}

"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "#app/_data/client";
import { type Command, CommandList } from "#app/_ui/command-list";
import type { FacetValue } from "#contract/query";
import { STATE_TYPES } from "#contract/state";
import type { StateType } from "#contract/where";
import { formatCount } from "#formats/number";
import { typeName } from "../../../_list/artifact-type";
import { stateLabel } from "../../../_list/state-label";
import { SPANS } from "../created";
import { facetsQuery } from "../queries";
import type { View } from "../view";
import { CreatedDays } from "./created-range";

/** What one can filter by, found by typing: values that the rows have, each with how many have it, and what is typed itself. */
export function FilterPicker({ view, onAdd }: { view: View; onAdd: (part: Partial<View>) => void }) {
  const [text, setText] = useState("");
  const [days, setDays] = useState(false);
  const { data: facets, isPending } = useQuery({
    ...facetsQuery(useApi(), { ...view, cursor: "" }),
    placeholderData: keepPreviousData,
  });
  if (days) return <CreatedDays value={view.created} onPick={(created) => onAdd({ created })} />;

  const typed = text.trim();
  const words = typed.toLowerCase().split(/\s+/);
  const fits = ({ label, group }: Command) => words.every((word) => `${group} ${label}`.toLowerCase().includes(word));
  const offer = (
    group: string,
    values: FacetValue[] = [],
    partOf: (value: string) => Partial<View>,
    word = (value: string): string => value,
  ) =>
    once(values).map(({ value, count: many }) => ({
      id: `${group} ${value}`,
      group,
      label: word(value),
      hint: `${formatCount(many)}${facets?.complete ? "" : "+"}`,
      run: () => onAdd(partOf(value)),
    }));
  const asTyped = (label: string, part: Partial<View>) => ({
    id: label,
    group: "What is typed",
    label: `${label} “${typed}”`,
    run: () => onAdd(part),
  });
  const fixed: Command[] = [
    ...offer("Type", view.type ? [] : facets?.types, (type) => ({ type }), typeName),
    ...offer("Flow", view.flow ? [] : facets?.flows, (flow) => ({ flow })),
    ...offer("Deployment", view.deployment ? [] : facets?.deployments, (deployment) => ({ deployment })),
    ...offer("State of the run", view.state ? [] : facets?.states, (value) => ({ state: stateOf(value) }), stateLabel),
    ...offer(
      "Tag of the run",
      facets?.tags.filter(({ value }) => value !== null && !view.tags.includes(value)),
      (tag) => ({ tags: [...view.tags, tag] }),
    ),
    ...Object.entries(SPANS).map(([created, { words }]) => ({
      id: created,
      group: "Created",
      label: `In the ${words}`,
      run: () => onAdd({ created }),
    })),
    { id: "days", group: "Created", label: "Between two days…", run: () => setDays(true) },
  ];
  const free: Command[] = typed
    ? [
        ...(view.keys === "none" ? [] : [asTyped("Key contains", { key: typed })]),
        asTyped("Description contains", { description: typed }),
        asTyped("Flow is", { flow: typed }),
        asTyped("Tag is", { tags: [...new Set([...view.tags, typed])] }),
      ]
    : [];
  return (
    <CommandList
      label="Filter by…"
      text={text}
      onText={setText}
      commands={[...fixed.filter(fits), ...free]}
      empty={isPending ? "Loading…" : "Nothing to filter by"}
      className="max-h-[min(22rem,50dvh)]"
    />
  );
}

function stateOf(value: string): StateType | null {
  return STATE_TYPES.find((each) => each === value) ?? null;
}

/** Values that are not nothing; of one name in several flows the most frequent. */
function once(values: FacetValue[]): { value: string; count: number }[] {
  const seen = new Map<string, number>();
  for (const { value, count: many } of values) if (value !== null && !seen.has(value)) seen.set(value, many);
  return [...seen].map(([value, many]) => ({ value, count: many }));
}

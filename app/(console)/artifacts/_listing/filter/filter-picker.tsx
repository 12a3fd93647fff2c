"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "#app/_data/client";
import { CommandList } from "#app/_ui/command-list";
import { facetsQuery } from "../queries";
import type { View } from "../view";
import { CreatedRange } from "./created-range";
import { filterCommands } from "./filter-commands";

export function FilterPicker({ view, onAdd }: { view: View; onAdd: (part: Partial<View>) => void }) {
  const [text, setText] = useState("");
  const [picksRange, setPicksRange] = useState(false);
  const { data: facets, isPending } = useQuery({
    ...facetsQuery(useApi(), { ...view, cursor: "" }),
    placeholderData: keepPreviousData,
  });
  if (picksRange) return <CreatedRange value={view.created} onPick={(created) => onAdd({ created })} />;
  return (
    <CommandList
      label="Filter by…"
      text={text}
      onText={setText}
      commands={filterCommands(text, view, facets, { onAdd, onRange: () => setPicksRange(true) })}
      empty={isPending ? "Loading…" : "No matching filters"}
      className="max-h-[min(22rem,50dvh)]"
    />
  );
}

"use client";

import { useState } from "react";
import { CommandList } from "#app/_ui/command-list";
import { type Condition, withCondition } from "#contract/list-filter/condition";
import { filterCommands } from "./commands";
import { ConditionEditor } from "./editor";
import { type Filter, useFacets } from "./use-facets";

/** Adds a condition to a filter: a field and then its operator and values, or a value of any field at once. */
export function FilterBuilder({ filter, onClose }: { filter: Filter; onClose: () => void }) {
  const [text, setText] = useState("");
  const [draft, setDraft] = useState<Condition | null>(null);
  const { data: facets } = useFacets(filter, filter.conditions);
  const apply = (condition: Condition) => {
    filter.onChange(withCondition(filter.conditions, condition, null));
    onClose();
  };
  if (draft) {
    return <ConditionEditor filter={filter} condition={draft} onApply={apply} onBack={() => setDraft(null)} />;
  }
  return (
    <CommandList
      label="Filter by…"
      text={text}
      onText={setText}
      commands={filterCommands(text, filter, facets, { onField: setDraft, onApply: apply })}
      empty="No matching filters"
      className="max-h-[min(24rem,50dvh)]"
    />
  );
}

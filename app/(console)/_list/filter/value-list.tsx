"use client";

import { Check, Plus } from "lucide-react";
import { useState } from "react";
import { CommandList } from "#app/_ui/command-list";
import { type Condition, idOf, isValid } from "#contract/list-filter/condition";
import { STATE_TYPES } from "#contract/state";
import { valuesOf } from "./commands";
import { parseSize, valueLabel } from "./labels";
import { type Filter, useFacets } from "./use-facets";

const ICON = "size-4 shrink-0";

/** The values of a condition among those that occur, with counts, or any typed one. `condition` is the one in the filter. */
export function ValueList({
  filter,
  condition,
  draft,
  onValues,
}: {
  filter: Filter;
  condition: Condition;
  draft: Condition;
  onValues: (values: string[]) => void;
}) {
  const [text, setText] = useState("");
  const { field, values } = draft;
  const { data: facets } = useFacets(
    filter,
    filter.conditions.filter((each) => idOf(each) !== idOf(condition)),
  );
  const query = text.trim();
  const found = valuesOf(field, facets);
  const known = field === "state" ? [...STATE_TYPES] : [];
  const listed = [...new Set([...condition.values, ...values, ...found.map(({ value }) => value), ...known])];
  const toggle = (value: string) =>
    onValues(values.includes(value) ? values.filter((each) => each !== value) : [...values, value]);
  const isMatch = (value: string) => `${valueLabel(field, value)} ${value}`.toLowerCase().includes(query.toLowerCase());
  const commands = listed.filter(isMatch).map((value) => ({
    id: value,
    group: "Values",
    label: valueLabel(field, value),
    icon: values.includes(value) ? (
      <Check aria-label="Chosen" className={`${ICON} text-accent`} />
    ) : (
      <span className={ICON} />
    ),
    hint: found.find((each) => each.value === value)?.hint,
    run: () => toggle(value),
  }));
  const typed = field === "size" ? String(parseSize(query) ?? "") : query;
  const isNew = typed !== "" && !listed.includes(typed);
  const isAllowed = isValid({ ...draft, path: draft.path || (field === "metadata" ? "path" : ""), values: [typed] });
  return (
    <CommandList
      label={HINTS[field] ?? "Value…"}
      text={text}
      onText={setText}
      commands={[
        ...commands,
        ...(isNew && isAllowed
          ? [
              {
                id: `new ${typed}`,
                group: "Values",
                label: `Add “${valueLabel(field, typed)}”`,
                icon: <Plus aria-hidden className={`${ICON} text-faint`} />,
                run: () => {
                  toggle(typed);
                  setText("");
                },
              },
            ]
          : []),
      ]}
      empty={query === "" ? "Type a value and press Enter" : "Not a value of this field"}
      className="max-h-[min(16rem,40dvh)]"
    />
  );
}

const HINTS: Partial<Record<Condition["field"], string>> = {
  size: "Size: 200, or 1.5 MB",
  metadata: "Value: text, number, true, false or null",
};

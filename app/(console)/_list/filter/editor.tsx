"use client";

import { ArrowLeft } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { Button } from "#app/_ui/button";
import { Choice, TextField } from "#app/_ui/field";
import { type Condition, idOf, isValid, kindOf, operatorsOf } from "#contract/list-filter/condition";
import { metadataNames, pathOf } from "./commands";
import { FIELD_LABELS, OPERATOR_LABELS } from "./labels";
import { RangeFields } from "./range-fields";
import { TimeFields } from "./time-fields";
import { type Filter, useFacets } from "./use-facets";
import { ValueList } from "./value-list";

/** The operator and the values of one condition. Applying it is up to the caller. */
export function ConditionEditor({
  filter,
  condition,
  onApply,
  onBack,
}: {
  filter: Filter;
  condition: Condition;
  onApply: (condition: Condition) => void;
  onBack?: () => void;
}) {
  const [draft, setDraft] = useState(condition);
  const { field, operator, values } = draft;
  const setValues = (values: string[]) => setDraft({ ...draft, values });
  const operators = operatorsOf(field);
  const names = useId();
  const { data: facets } = useFacets(
    filter,
    filter.conditions.filter((each) => idOf(each) !== idOf(condition)),
  );
  const form = useRef<HTMLFormElement>(null);
  // What had the focus is gone with the fields.
  useEffect(() => form.current?.querySelector<HTMLElement>("input")?.focus(), []);
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        // React also bubbles it to the form of the list, which contains this popover.
        event.stopPropagation();
        if (isValid(draft)) onApply(draft);
      }}
    >
      <div className="flex items-center gap-2 border-b p-2">
        {onBack && (
          <button
            type="button"
            aria-label="All fields"
            onClick={onBack}
            className="inline-flex size-8 shrink-0 items-center justify-center rounded-md text-faint hover:bg-hover hover:text-ink"
          >
            <ArrowLeft aria-hidden className="size-4" />
          </button>
        )}
        <span className={`font-medium text-sm ${onBack ? "" : "pl-2"}`}>{FIELD_LABELS[field]}</span>
        {operators.length > 1 ? (
          <Choice
            aria-label="Operator"
            value={operator}
            onChange={(event) => {
              const chosen = operators.find((each) => each === event.target.value) ?? operator;
              setDraft({ ...draft, operator: chosen, values: isList(chosen) && isList(operator) ? values : [] });
            }}
            className="ml-auto w-36"
          >
            {operators.map((each) => (
              <option key={each} value={each}>
                {OPERATOR_LABELS[each]}
              </option>
            ))}
          </Choice>
        ) : (
          <span className="ml-auto pr-2 text-faint text-sm">{kindOf(field) === "part" && "contains"}</span>
        )}
      </div>
      {field === "metadata" && (
        <div className="border-b p-3">
          <TextField
            aria-label="Path"
            placeholder="Path: owner, or model.name"
            spellCheck={false}
            maxLength={255}
            list={names}
            value={draft.path}
            onChange={(event) => setDraft({ ...draft, path: event.target.value })}
            className="w-full font-mono"
          />
          <datalist id={names}>
            {metadataNames(facets).map(({ value, hint }) => (
              <option key={value} value={pathOf(value)} label={`${value} · ${hint}`} />
            ))}
          </datalist>
        </div>
      )}
      {isList(operator) && <ValueList filter={filter} condition={condition} draft={draft} onValues={setValues} />}
      {operator === "contains" && (
        <div className="p-3">
          <TextField
            aria-label="Text"
            placeholder="Text, in any case"
            spellCheck={false}
            maxLength={255}
            value={values[0] ?? ""}
            onChange={(event) => setValues([event.target.value])}
            className="w-full"
          />
        </div>
      )}
      {operator === "in" &&
        (kindOf(field) === "time" ? (
          <TimeFields value={values[0] ?? ""} onChange={(value) => setValues([value])} />
        ) : (
          <RangeFields key={field} draft={draft} onChange={(value) => setValues([value])} />
        ))}
      <div className="flex items-center gap-2 border-t p-2">
        <Button type="submit" look="primary" disabled={!isValid(draft)}>
          Apply
        </Button>
      </div>
    </form>
  );
}

function isList(operator: Condition["operator"]): boolean {
  return operator === "is" || operator === "not" || operator === "all";
}

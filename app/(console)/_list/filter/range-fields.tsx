"use client";

import { useId, useState } from "react";
import { TextField } from "#app/_ui/field";
import { type Condition, isValid, parseBounds, parseNumber } from "#contract/list-filter/condition";
import { parseSize } from "./labels";

/** The two ends of a range of numbers, either of which can be empty; `onChange` gets `10..20`. */
export function RangeFields({ draft, onChange }: { draft: Condition; onChange: (value: string) => void }) {
  const bounds = parseBounds(draft.values[0] ?? "");
  const [{ min, max }, setTexts] = useState({ min: textOf(bounds?.min), max: textOf(bounds?.max) });
  const hint = useId();
  const toNumber = (text: string) => {
    if (text.trim() === "") return "";
    return (draft.field === "size" ? parseSize(text) : parseNumber(text.trim().replaceAll(",", ""))) ?? "?";
  };
  const change = (texts: { min: string; max: string }) => {
    setTexts(texts);
    onChange(`${toNumber(texts.min)}..${toNumber(texts.max)}`);
  };
  const isWrong = (min !== "" || max !== "") && !isValid({ ...draft, path: draft.path || pathOf(draft) });
  return (
    <div className="p-3">
      <div className="grid grid-cols-2 gap-2">
        <Bound name="At least" text={min} hint={hint} onText={(text) => change({ min: text, max })} />
        <Bound name="At most" text={max} hint={hint} onText={(text) => change({ min, max: text })} />
      </div>
      <p
        id={hint}
        role={isWrong ? "alert" : undefined}
        className={`mt-2 text-xs ${isWrong ? "text-danger" : "text-faint"}`}
      >
        {isWrong ? (WRONG[draft.field] ?? "Enter numbers, the first not greater than the second.") : HINTS[draft.field]}
      </p>
    </div>
  );
}

const HINTS: Partial<Record<Condition["field"], string>> = {
  size: "In bytes, or with a unit: 200, 10 kB, 1.5 MB",
  metadata: "Values that are numbers",
};

const WRONG: Partial<Record<Condition["field"], string>> = {
  size: "Enter sizes such as 200 or 1.5 MB, the first not greater than the second.",
};

/** Until a path is entered, only the range itself can be wrong. */
function pathOf({ field }: Condition): string {
  return field === "metadata" ? "path" : "";
}

function textOf(bound: number | null | undefined): string {
  return bound == null ? "" : String(bound);
}

function Bound({
  name,
  text,
  hint,
  onText,
}: {
  name: string;
  text: string;
  hint: string;
  onText: (text: string) => void;
}) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-faint text-xs">
        {name}
      </label>
      <TextField
        id={id}
        inputMode="decimal"
        aria-describedby={hint}
        maxLength={40}
        value={text}
        onChange={(event) => onText(event.target.value)}
        className="w-full tabular-nums"
      />
    </div>
  );
}

"use client";

import { useId, useState } from "react";
import { LabelledField } from "./labelled-field";
import { parseRange, SPANS } from "./time-range";

const DAY = { type: "date", min: "1970-01-01", max: "2200-12-31" };

/** A span back from now, or two days, either of which can be empty; `onChange` gets `7d` or `2026-11-01..2026-11-05`. */
export function TimeFields({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [{ from, to }, setRange] = useState(parseRange(value) ?? { from: "", to: "" });
  const group = useId();
  const change = (range: { from: string; to: string }) => {
    setRange(range);
    onChange(`${range.from}..${range.to}`);
  };
  return (
    <div className="space-y-3 p-3 text-sm">
      <fieldset>
        <legend className="sr-only">Time span</legend>
        {Object.entries(SPANS).map(([name, { label }]) => (
          <label key={name} className="flex h-8 items-center gap-2.5 rounded-md px-2 hover:bg-hover">
            <input
              type="radio"
              name={group}
              checked={value === name}
              onChange={() => {
                setRange({ from: "", to: "" });
                onChange(name);
              }}
              className="accent-accent"
            />
            {label}
          </label>
        ))}
      </fieldset>
      <div className="grid grid-cols-2 gap-2">
        <LabelledField label="From (UTC)" {...DAY} value={from} onText={(day) => change({ from: day, to })} />
        <LabelledField label="To (inclusive)" {...DAY} value={to} onText={(day) => change({ from, to: day })} />
      </div>
      {from !== "" && to !== "" && from > to && (
        <p role="alert" className="text-danger text-sm">
          The start date must not be after the end date.
        </p>
      )}
    </div>
  );
}

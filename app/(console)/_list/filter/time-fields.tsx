"use client";

import { useId, useState } from "react";
import { TextField } from "#app/_ui/field";
import { parseRange, SPANS } from "#contract/list-filter/time-range";

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
        <Day name="From (UTC)" value={from} onChange={(day) => change({ from: day, to })} />
        <Day name="To (inclusive)" value={to} onChange={(day) => change({ from, to: day })} />
      </div>
      {from !== "" && to !== "" && from > to && (
        <p role="alert" className="text-danger text-sm">
          The start date must not be after the end date.
        </p>
      )}
    </div>
  );
}

function Day({ name, value, onChange }: { name: string; value: string; onChange: (day: string) => void }) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-faint text-xs">
        {name}
      </label>
      <TextField
        id={id}
        type="date"
        min="1970-01-01"
        max="2200-12-31"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="w-full"
      />
    </div>
  );
}

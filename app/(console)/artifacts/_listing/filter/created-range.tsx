"use client";

import { useId, useState } from "react";
import { Button } from "#app/_ui/button";
import { TextField } from "#app/_ui/field";
import { parseRange } from "../created";

export function CreatedRange({ value, onPick }: { value: string; onPick: (created: string) => void }) {
  const [{ from, to }, setRange] = useState(parseRange(value) ?? { from: "", to: "" });
  const range = `${from}..${to}`;
  const reversed = from !== "" && to !== "" && from > to;
  return (
    <form
      className="space-y-3 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        // React also bubbles it to the form of the list, which contains this popover.
        event.stopPropagation();
        if (parseRange(range) && !reversed) onPick(range);
      }}
    >
      <p className="text-sm text-soft">Created between (inclusive, UTC)</p>
      <div className="grid grid-cols-2 gap-2">
        <Day name="From" value={from} onChange={(day) => setRange({ from: day, to })} />
        <Day name="To" value={to} onChange={(day) => setRange({ from, to: day })} />
      </div>
      {reversed && (
        <p role="alert" className="text-danger text-sm">
          The start date must not be after the end date.
        </p>
      )}
      <Button type="submit" look="primary" disabled={!parseRange(range) || reversed}>
        Apply
      </Button>
    </form>
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

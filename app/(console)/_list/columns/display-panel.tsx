"use client";

import { GripVertical, Plus, RotateCcw, X } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { Button } from "#app/_ui/button";
import { TextField } from "#app/_ui/field";
import { COLUMNS, columnName, DEFAULT_DISPLAY, type Display, METADATA, metadataField } from "./display";
import { isColumn, WIDTH } from "./display-cookie";
import { useDisplay } from "./use-display";

const DENSITIES = [
  { name: "Compact", isComfortable: false },
  { name: "Comfortable", isComfortable: true },
];

/** Which columns a list has, in which order, and how high its rows are. */
export function DisplayPanel({ display }: { display: Display | null }) {
  const keep = useDisplay();
  const [current, setCurrent] = useState(display ?? DEFAULT_DISPLAY);
  const change = (next: Display) => {
    setCurrent(next);
    keep(next);
  };
  const reset = () => {
    setCurrent(DEFAULT_DISPLAY);
    keep(null);
  };
  return (
    <div className="p-3 text-sm">
      <fieldset className="flex items-center gap-4 px-1 pb-3">
        <legend className="sr-only">Density</legend>
        {DENSITIES.map(({ name, isComfortable }) => (
          <label key={name} className="flex min-h-6 items-center gap-1.5">
            <input
              type="radio"
              name="density"
              className="accent-accent"
              checked={current.isComfortable === isComfortable}
              onChange={() => change({ ...current, isComfortable })}
            />
            {name}
          </label>
        ))}
        <Button look="quiet" onClick={reset} className="-mr-1 ml-auto">
          <RotateCcw aria-hidden className="size-3.5" />
          Reset
        </Button>
      </fieldset>
      <Shown display={current} onChange={change} />
      <Hidden display={current} onChange={change} />
      <MetadataColumn display={current} onChange={change} />
    </div>
  );
}

interface PartProps {
  display: Display;
  onChange: (display: Display) => void;
}

/** The shown columns: a handle moves one by drag or by arrow keys. */
function Shown({ display, onChange }: PartProps) {
  const list = useRef<HTMLUListElement>(null);
  const [order, setOrder] = useState<Display["columns"] | null>(null);
  const columns = order ?? display.columns;
  const move = (event: KeyboardEvent<HTMLElement>, index: number) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const handle = event.currentTarget;
    onChange({ ...display, columns: moved(columns, index, index + by) });
    // An element that moves loses the focus.
    requestAnimationFrame(() => handle.focus());
  };
  const drag = (event: PointerEvent, id: string) => {
    let latest = display.columns;
    event.preventDefault();
    const follow = ({ clientY }: globalThis.PointerEvent) => {
      const rows = [...(list.current?.children ?? [])].map((row) => row.getBoundingClientRect());
      const to = rows.findIndex(({ bottom }) => clientY < bottom);
      const from = latest.findIndex((column) => column.id === id);
      latest = moved(latest, from, to < 0 ? latest.length - 1 : to);
      setOrder(latest);
    };
    const end = () => {
      document.removeEventListener("pointermove", follow);
      document.removeEventListener("pointerup", end);
      document.removeEventListener("pointercancel", end);
      setOrder(null);
      if (latest !== display.columns) onChange({ ...display, columns: latest });
    };
    // An element that moves does not keep the pointer.
    document.addEventListener("pointermove", follow);
    document.addEventListener("pointerup", end);
    document.addEventListener("pointercancel", end);
  };
  return (
    <ul ref={list} aria-label="Shown columns" className="max-h-64 overflow-y-auto">
      {columns.map(({ id }, index) => (
        <li key={id} className="flex h-8 items-center gap-1 rounded-md hover:bg-hover">
          <button
            type="button"
            aria-label={`Move ${columnName(id)}: position ${index + 1} of ${columns.length}`}
            title="Drag, or use the arrow keys, to move it"
            onKeyDown={(event) => move(event, index)}
            onPointerDown={(event) => drag(event, id)}
            className="inline-flex size-7 cursor-grab touch-none items-center justify-center rounded text-faint hover:text-ink"
          >
            <GripVertical aria-hidden className="size-3.5" />
          </button>
          <span className="min-w-0 flex-1 truncate">
            {columnName(id)}
            {metadataField(id) !== null && <span className="ml-1.5 text-faint">metadata</span>}
          </span>
          <button
            type="button"
            aria-label={`Hide ${columnName(id)}`}
            onClick={() => onChange({ ...display, columns: display.columns.filter((column) => column.id !== id) })}
            className="inline-flex size-7 items-center justify-center rounded text-faint hover:text-ink"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </li>
      ))}
    </ul>
  );
}

function moved(columns: Display["columns"], from: number, to: number): Display["columns"] {
  const next = [...columns];
  next.splice(Math.min(Math.max(to, 0), next.length - 1), 0, ...next.splice(from, 1));
  return next;
}

function Hidden({ display, onChange }: PartProps) {
  const hidden = Object.entries(COLUMNS).filter(([id]) => !display.columns.some((column) => column.id === id));
  if (hidden.length === 0) return null;
  return (
    <ul aria-label="Hidden columns" className="mt-2 flex flex-wrap gap-1.5 border-t pt-3">
      {hidden.map(([id, { name, width }]) => (
        <li key={id}>
          <Button
            onClick={() => onChange({ ...display, columns: [...display.columns, { id, width }] })}
            className="h-7"
          >
            <Plus aria-hidden className="size-3.5" />
            {name}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function MetadataColumn({ display, onChange }: PartProps) {
  const [name, setName] = useState("");
  const id = METADATA + name.trim();
  const isNew = isColumn(id) && !display.columns.some((column) => column.id === id);
  return (
    <form
      className="mt-3 flex gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isNew) return;
        onChange({ ...display, columns: [...display.columns, { id, width: WIDTH.ofMetadata }] });
        setName("");
      }}
    >
      <TextField
        aria-label="Metadata field"
        placeholder="Metadata field"
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.target.value)}
        className="min-w-0 flex-1"
      />
      <Button type="submit" disabled={!isNew}>
        Add column
      </Button>
    </form>
  );
}

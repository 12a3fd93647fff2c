"use client";

import { type ChangeEvent, useRef, useState } from "react";

export interface Selection {
  ids: string[];
  has: (id: string) => boolean;
  /** Selects or deselects a row; with `range`, selects all from the last toggled row to this one. */
  toggle: (id: string, range?: boolean) => void;
  setAll: (selected: boolean) => void;
  total: number;
}

/** The selection in a list of these ids; a row that is no longer listed is not selected. */
export function useSelection(listed: string[]): Selection {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string | null>(null);
  return {
    ids: listed.filter((id) => selected.has(id)),
    has: (id) => selected.has(id),
    total: listed.length,
    setAll: (all) => setSelected(new Set(all ? listed : [])),
    toggle: (id, range = false) => {
      setSelected(range ? withRange(selected, listed, anchor.current, id) : withToggled(selected, id));
      anchor.current = id;
    },
  };
}

export function withToggled(selected: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** Adds the rows from `anchor` to `id`, in either direction; toggles `id` alone where the anchor is not listed. */
export function withRange(
  selected: ReadonlySet<string>,
  listed: string[],
  anchor: string | null,
  id: string,
): Set<string> {
  const start = anchor === null ? -1 : listed.indexOf(anchor);
  if (start < 0) return withToggled(selected, id);
  const end = listed.indexOf(id);
  return new Set([...selected, ...listed.slice(Math.min(start, end), Math.max(start, end) + 1)]);
}

export function SelectionStatus({ selection: { ids } }: { selection: Selection }) {
  return (
    <p role="status" className="sr-only">
      {ids.length > 0 && `${ids.length} selected`}
    </p>
  );
}

const BOX = "size-3.5 cursor-pointer accent-accent";

export function RowCheckbox({ id, name, selection }: { id: string; name: string; selection: Selection }) {
  const handleChange = ({ nativeEvent }: ChangeEvent) =>
    selection.toggle(id, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey);
  return (
    <label
      className={`relative z-[1] flex size-full min-h-8 cursor-pointer items-center justify-center select-none transition-opacity ${
        selection.ids.length === 0
          ? "sm:pointer-fine:opacity-0 pointer-fine:group-hover:opacity-100 pointer-fine:group-has-focus-visible:opacity-100"
          : ""
      }`}
    >
      <input
        type="checkbox"
        aria-label={`Select ${name}`}
        checked={selection.has(id)}
        onChange={handleChange}
        className={BOX}
      />
    </label>
  );
}

export function SelectAllCheckbox({ selection: { ids, total, setAll } }: { selection: Selection }) {
  const all = ids.length === total && total > 0;
  return (
    <label className="flex size-full cursor-pointer items-center justify-center">
      <span className="sr-only">Select all</span>
      <input
        ref={(box) => {
          if (box) box.indeterminate = ids.length > 0 && !all;
        }}
        type="checkbox"
        checked={all}
        onChange={() => setAll(!all)}
        className={BOX}
      />
    </label>
  );
}

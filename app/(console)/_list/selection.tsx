"use client";

import { type ChangeEvent, useRef, useState } from "react";

/** Rows that are chosen, of those that are shown. */
export interface Selection {
  ids: string[];
  has: (id: string) => boolean;
  /** Chooses a row or lets it go; with `range`, all from the one chosen last to this one. */
  toggle: (id: string, range?: boolean) => void;
  /** Chooses all rows, or none. */
  all: (on: boolean) => void;
  /** How many rows there are to choose from. */
  of: number;
}

/** The selection among these rows, in their order. One that is no longer shown is no longer chosen. */
export function useSelection(shown: string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string | null>(null);
  return {
    ids: shown.filter((id) => chosen.has(id)),
    has: (id) => chosen.has(id),
    of: shown.length,
    all: (on) => setChosen(new Set(on ? shown : [])),
    toggle: (id, range = false) => {
      const start = range && anchor.current !== null ? shown.indexOf(anchor.current) : -1;
      const end = shown.indexOf(id);
      const next = new Set(chosen);
      if (start >= 0) for (const each of shown.slice(Math.min(start, end), Math.max(start, end) + 1)) next.add(each);
      else if (!next.delete(id)) next.add(id);
      anchor.current = id;
      setChosen(next);
    },
  };
}

/** Tells how many rows are chosen to whoever does not see it. */
export function SelectionCount({ selection: { ids } }: { selection: Selection }) {
  return (
    <p role="status" className="sr-only">
      {ids.length > 0 && `${ids.length} selected`}
    </p>
  );
}

const BOX = "size-3.5 cursor-pointer accent-accent";

/** Chooses a row; its whole cell can be pressed, and with Shift all rows up to it. */
export function RowCheckbox({ id, name, selection }: { id: string; name: string; selection: Selection }) {
  const change = ({ nativeEvent }: ChangeEvent) =>
    selection.toggle(id, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey);
  return (
    <label
      className={`relative z-[1] flex size-full min-h-8 cursor-pointer items-center justify-center select-none transition-opacity ${
        selection.ids.length === 0
          ? "sm:pointer-fine:opacity-0 pointer-fine:group-hover:opacity-100 pointer-fine:group-has-focus-visible:opacity-100"
          : ""
      }`}
    >
      <span className="sr-only">Select {name}</span>
      <input type="checkbox" checked={selection.has(id)} onChange={change} className={BOX} />
    </label>
  );
}

/** Chooses all rows or none, and shows where some are. */
export function SelectAllCheckbox({ selection: { ids, of, all } }: { selection: Selection }) {
  const every = ids.length === of && of > 0;
  return (
    <label className="flex size-full cursor-pointer items-center justify-center">
      <span className="sr-only">Select all</span>
      <input
        ref={(box) => {
          if (box) box.indeterminate = ids.length > 0 && !every;
        }}
        type="checkbox"
        checked={every}
        onChange={() => all(!every)}
        className={BOX}
      />
    </label>
  );
}

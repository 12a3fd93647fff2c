import { useState } from "react";
import { type Sheet, writeSheet } from "./sheet";

const MAX_STEPS = 200;

interface History {
  /** The text of `present`. */
  text: string;
  /** The text that the caller had at the last render. */
  seen: string;
  past: Sheet[];
  present: Sheet;
  future: Sheet[];
}

export interface SheetState {
  sheet: Sheet;
  change: (next: Sheet) => void;
  /** Absent where there is nothing to undo or redo. */
  undo: (() => void) | undefined;
  redo: (() => void) | undefined;
}

/**
 * A sheet with undo and redo of its last 200 changes.
 * @param sheet what `text` holds @param onChange gets the text after every change; another text begins anew
 */
export function useSheet(sheet: Sheet, text: string, onChange: (text: string, sheet: Sheet) => void): SheetState {
  const [history, setHistory] = useState<History>({ text, seen: text, past: [], present: sheet, future: [] });
  let shown = history;
  if (text !== history.seen) {
    shown =
      text === history.text ? { ...history, seen: text } : { text, seen: text, past: [], present: sheet, future: [] };
    setHistory(shown);
  }
  const { past, present, future } = shown;
  const show = (steps: Pick<History, "past" | "present" | "future">) => {
    const next = writeSheet(steps.present);
    setHistory({ ...steps, text: next, seen: shown.seen });
    onChange(next, steps.present);
  };
  const before = past.at(-1);
  const [after] = future;
  return {
    sheet: present,
    change(next) {
      if (next !== present) show({ past: [...past, present].slice(-MAX_STEPS), present: next, future: [] });
    },
    undo: before && (() => show({ past: past.slice(0, -1), present: before, future: [present, ...future] })),
    redo: after && (() => show({ past: [...past, present], present: after, future: future.slice(1) })),
  };
}

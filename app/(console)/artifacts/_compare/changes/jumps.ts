import { type RefObject, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useShortcuts } from "#app/_ui/shortcut";

/** Marks the start of a change, for `useJumps` to find. */
export const CHANGE = { "data-change": "", tabIndex: -1 };

/** Marks the button that shows more changes; the jump after the last shown change clicks it. */
export const MORE = { "data-more": "" };

/** Moves the focus from change to change, with the shortcuts `n` and `p`. The current one is `at` (from 1) of `all`. */
export function useJumps(body: RefObject<HTMLElement | null>) {
  const [position, setPosition] = useState({ at: 0, all: 0 });
  const last = useRef<HTMLElement | null>(null);
  const jump = (by: 1 | -1) => {
    const find = () => [...(body.current?.querySelectorAll<HTMLElement>("[data-change]") ?? [])];
    let changes = find();
    if (by === 1 && last.current !== null && last.current === changes.at(-1)) {
      flushSync(() => body.current?.querySelector<HTMLElement>("[data-more]")?.click());
      changes = find();
    }
    const current = last.current === null ? -1 : changes.indexOf(last.current);
    const start = by === 1 ? 0 : changes.length - 1;
    const at = current === -1 ? start : Math.min(Math.max(current + by, 0), changes.length - 1);
    const change = changes[at];
    if (!change) return;
    last.current = change;
    change.focus({ preventScroll: true });
    change.scrollIntoView({ block: "center" });
    setPosition({ at: at + 1, all: changes.length });
  };
  const next = () => jump(1);
  const previous = () => jump(-1);
  useShortcuts(
    {
      n: { label: "Next change", run: next, repeats: true },
      p: { label: "Previous change", run: previous, repeats: true },
    },
    "Changes",
  );
  return { ...position, next, previous };
}

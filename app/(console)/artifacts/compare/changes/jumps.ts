import { type RefObject, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useShortcuts } from "#app/_ui/shortcut";

/** Marks where a change begins, for `n` and `p` to find. */
export const CHANGE = { "data-change": "", tabIndex: -1 };

/** Marks the button that shows more changes; going on from the last one that shows presses it. */
export const MORE = { "data-more": "" };

/** Leads from change to change, by `n` and `p` and by what it gives back; the one it led to last is `at` (from 1), of `all`. */
export function useJumps(body: RefObject<HTMLElement | null>) {
  const [place, setPlace] = useState({ at: 0, all: 0 });
  const last = useRef<HTMLElement | null>(null);
  const jump = (by: 1 | -1) => {
    const shown = () => [...(body.current?.querySelectorAll<HTMLElement>("[data-change]") ?? [])];
    let changes = shown();
    if (by === 1 && last.current !== null && last.current === changes.at(-1)) {
      flushSync(() => body.current?.querySelector<HTMLElement>("[data-more]")?.click());
      changes = shown();
    }
    const here = last.current === null ? -1 : changes.indexOf(last.current);
    const first = by === 1 ? 0 : changes.length - 1;
    const at = here === -1 ? first : Math.min(Math.max(here + by, 0), changes.length - 1);
    const change = changes[at];
    if (!change) return;
    last.current = change;
    change.focus({ preventScroll: true });
    change.scrollIntoView({ block: "center" });
    setPlace({ at: at + 1, all: changes.length });
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
  return { ...place, next, previous };
}

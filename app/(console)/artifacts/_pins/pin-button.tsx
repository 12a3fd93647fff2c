"use client";

import { Pin } from "lucide-react";
import { useShortcuts } from "#app/_ui/shortcut";
import { usePins, useTogglePins } from "./pins";

/** Pins a key or unpins it; the icon is filled while it is pinned. */
export function PinButton({ artifactKey }: { artifactKey: string }) {
  const isPinned = usePins().has(artifactKey);
  const { toggle, labelOf } = useTogglePins();
  const label = labelOf([artifactKey]);
  const run = () => toggle([artifactKey]);
  useShortcuts({ p: label === undefined ? undefined : { label, run } }, "Version");
  return (
    <button
      type="button"
      aria-label="Pin key"
      aria-pressed={isPinned}
      aria-keyshortcuts="p"
      title={label === undefined ? "Pinned for everyone" : `${label} (p)`}
      disabled={label === undefined}
      onClick={run}
      className={`mt-0.5 inline-flex size-6 shrink-0 items-center justify-center rounded transition-colors enabled:hover:bg-hover enabled:hover:text-ink print:hidden ${isPinned ? "text-accent" : "text-faint"}`}
    >
      <Pin aria-hidden className={`size-3.5 ${isPinned ? "fill-current" : ""}`} />
    </button>
  );
}

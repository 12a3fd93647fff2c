"use client";

import { useLive } from "#app/_data/live";

const LOOK = {
  on: { word: "Live", dot: "bg-good", says: "Live updates are on. Pause" },
  connecting: { word: "Connecting", dot: "bg-warn", says: "Live updates are connecting. Pause" },
  paused: { word: "Paused", dot: "border border-faint", says: "Live updates are paused. Go on" },
};

/** Whether the page follows what happens; pressing it pauses that, or goes on. */
export function LiveIndicator() {
  const [state, pause] = useLive();
  const { word, dot, says } = LOOK[state];
  return (
    <button
      type="button"
      aria-label={says}
      title={says}
      onClick={() => pause(state !== "paused")}
      className="inline-flex h-8 items-center gap-1.5 rounded-md px-2 text-soft text-xs transition-colors hover:bg-hover hover:text-ink max-sm:size-8 max-sm:justify-center max-sm:px-0"
    >
      <span aria-hidden className={`size-2 rounded-full ${dot}`} />
      <span className="max-sm:hidden">{word}</span>
    </button>
  );
}

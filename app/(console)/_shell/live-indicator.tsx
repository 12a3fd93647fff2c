"use client";

import { useLive } from "#app/_data/live";

const STATES = {
  on: { name: "Live", dot: "bg-good", label: "Live updates on. Pause" },
  connecting: { name: "Connecting", dot: "bg-warn", label: "Live updates connecting. Pause" },
  paused: { name: "Paused", dot: "border border-faint", label: "Live updates paused. Resume" },
};

export function LiveIndicator() {
  const [state, setPaused] = useLive();
  const { name, dot, label } = STATES[state];
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={() => setPaused(state !== "paused")}
      className="inline-flex h-8 items-center gap-1.5 rounded-md px-2 text-soft text-xs transition-colors hover:bg-hover hover:text-ink max-sm:size-8 max-sm:justify-center max-sm:px-0"
    >
      <span aria-hidden className={`size-2 rounded-full ${dot}`} />
      <span className="max-sm:hidden">{name}</span>
    </button>
  );
}

"use client";

import { useLostAt } from "#app/_data/connection";
import { useLive } from "#app/_data/live";

const STATES = {
  on: { name: "Live", dot: "bg-good", label: "Live updates on. Pause" },
  connecting: { name: "Connecting", dot: "bg-warn", label: "Live updates connecting. Pause" },
  paused: { name: "Paused", dot: "border border-faint", label: "Live updates paused. Resume" },
};

/** Whether the page follows changes, and since when it shows old data because the server can't be reached. */
export function LiveIndicator({ position }: { position: string }) {
  const [state, setPaused] = useLive(position);
  const lostAt = useLostAt();
  const { name, dot, label } = STATES[state === "paused" || (state && lostAt === null) ? state : "connecting"];
  return (
    <>
      <button
        type="button"
        aria-label={label}
        title={label}
        onClick={() => setPaused(state !== "paused")}
        className={`inline-flex h-8 items-center gap-1.5 rounded-md px-2 text-soft text-xs transition-colors hover:bg-hover hover:text-ink max-sm:size-8 max-sm:justify-center max-sm:px-0 ${state ? "" : "invisible"}`}
      >
        <span aria-hidden className={`size-2 rounded-full ${dot}`} />
        <span className="max-sm:hidden">{name}</span>
      </button>
      <ConnectionBanner lostAt={lostAt} />
    </>
  );
}

/** Hangs from the header, over the empty top of the page. */
function ConnectionBanner({ lostAt }: { lostAt: number | null }) {
  return (
    <div role="status" className="absolute inset-x-0 top-full flex justify-center print:hidden">
      {lostAt !== null && (
        <p className="rounded-b-md border-x border-b border-edge bg-warn-wash px-3 py-0.5 text-center text-warn text-xs">
          Can't reach the server. Showing data from {timeOf(lostAt)}. Retrying…
        </p>
      )}
    </div>
  );
}

/** The local time, with the day where it is not today. */
function timeOf(time: number): string {
  const date = new Date(time);
  const isToday = date.toDateString() === new Date().toDateString();
  const day = isToday ? {} : ({ day: "numeric", month: "short" } as const);
  return date.toLocaleString("en-GB", { ...day, hour: "2-digit", minute: "2-digit" });
}

"use client";

import { useTimedText } from "#app/_ui/age";
import type { State } from "#contract/run";
import { FAILED_STATES } from "#contract/state";
import { durationOf } from "./run-groups";

interface Run {
  state: State | null;
  startTime: string | null;
  endTime: string | null;
}

export function RunDuration({ run }: { run: Run }) {
  if (!run.startTime) return null;
  if (run.endTime) return formatDuration(Date.parse(run.endTime) - Date.parse(run.startTime));
  if (run.state?.type !== "RUNNING") return null;
  return <RunningFor start={Date.parse(run.startTime)} />;
}

function RunningFor({ start }: { start: number }) {
  return useTimedText((now) => `Running for ${formatDuration(now - start, 1)}`);
}

/** A bar as long as the run beside the longest of its flow, in milliseconds; none for a run that has not ended. */
export function DurationBar({ run, longest }: { run: Run; longest: number }) {
  const duration = durationOf(run);
  if (duration === null || longest === 0) return null;
  const failed = run.state !== null && FAILED_STATES.includes(run.state.type);
  return (
    <span aria-hidden className="mt-1 flex h-0.5 justify-end overflow-hidden rounded-full bg-hover">
      <span
        style={{ width: `${Math.max(2, (100 * duration) / longest)}%` }}
        className={`rounded-full ${failed ? "bg-danger/70" : "bg-accent/40"}`}
      />
    </span>
  );
}

const UNITS: [unit: string, seconds: number][] = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
];

/** Milliseconds in the largest units, two unless another number is given: `820 ms`, `4 s`, `1 min 5 s`, `2 h`. Negative counts as 0. */
export function formatDuration(milliseconds: number, units = 2): string {
  if (milliseconds < 1000) return `${Math.max(0, milliseconds)} ms`;
  let rest = Math.round(milliseconds / 1000);
  const largest = UNITS.findIndex(([, seconds]) => rest >= seconds);
  const parts: string[] = [];
  for (const [unit, seconds] of UNITS.slice(largest, largest + units)) {
    const value = Math.floor(rest / seconds);
    if (value > 0) parts.push(`${value} ${unit}`);
    rest -= value * seconds;
  }
  return parts.join(" ");
}

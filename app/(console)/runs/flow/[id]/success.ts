import type { RunInterval } from "#contract/run-history";
import { FAILED_STATES } from "#contract/state";

/** What became of the runs of a day. */
export interface Day {
  /** `2026-11-25`. */
  date: string;
  completed: number;
  failed: number;
  /** Running, scheduled, paused or cancelled. */
  other: number;
}

export function daysOf(history: RunInterval[]): Day[] {
  return history.map(({ start, states }) => {
    const day: Day = { date: start.slice(0, 10), completed: 0, failed: 0, other: 0 };
    for (const { type, count } of states) {
      if (type === "COMPLETED") day.completed += count;
      else if (FAILED_STATES.includes(type)) day.failed += count;
      else day.other += count;
    }
    return day;
  });
}

/** How many runs there are in all, and the share of those that completed among these and the failed ones, 0 to 1. */
export function successOf(days: Day[]): { runs: number; share: number | null } {
  const sum = (of: (day: Day) => number) => days.reduce((total, day) => total + of(day), 0);
  const completed = sum((day) => day.completed);
  const ended = completed + sum((day) => day.failed);
  return { runs: ended + sum((day) => day.other), share: ended === 0 ? null : completed / ended };
}

/** A share as whole per cent, which says 100 % and 0 % only where that is exact. */
export function percent(share: number): string {
  const rounded = Math.round(share * 100);
  return `${share < 1 && rounded === 100 ? 99 : share > 0 && rounded === 0 ? 1 : rounded} %`;
}

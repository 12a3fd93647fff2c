import { diffArrays } from "diff";
import type { Budget } from "./budget";

/** Consecutive positions that are equal on both sides, or that replace each other. */
export interface Run {
  same: boolean;
  /** Half-open ranges of positions, of equal length if `same`. */
  from: [start: number, end: number];
  to: [start: number, end: number];
}

const MAX_EDITS = 20_000;
const MAX_MILLISECONDS = 1500;

/**
 * Aligns two lists by their equal items: runs, alternately same and different, that cover both lists in order. Beyond
 * the budget, all between the common start and the common end is one difference.
 */
export function align(from: string[], to: string[], budget: Budget): Run[] {
  const shorter = Math.min(from.length, to.length);
  let head = 0;
  while (head < shorter && from[head] === to[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail += 1;
  const runs: Run[] = [];
  if (head > 0) runs.push({ same: true, from: [0, head], to: [0, head] });
  runs.push(...alignMiddle(from.slice(head, from.length - tail), to.slice(head, to.length - tail), head, budget));
  if (tail > 0) {
    runs.push({ same: true, from: [from.length - tail, from.length], to: [to.length - tail, to.length] });
  }
  return runs;
}

function alignMiddle(from: string[], to: string[], offset: number, budget: Budget): Run[] {
  if (from.length === 0 && to.length === 0) return [];
  const whole: Run = { same: false, from: [offset, offset + from.length], to: [offset, offset + to.length] };
  if (from.length === 0 || to.length === 0) return [whole];
  const timeout = Math.min(MAX_MILLISECONDS, budget.left());
  const changes = diffArrays(from, to, { timeout, maxEditLength: MAX_EDITS });
  if (!changes) {
    budget.note("The versions differ too much to find every part that is the same.");
    return [whole];
  }
  const runs: Run[] = [];
  let [left, right] = [offset, offset];
  for (const { added, removed, count } of changes) {
    const ends: [number, number] = [left + (added ? 0 : count), right + (removed ? 0 : count)];
    const last = runs.at(-1);
    const same = !added && !removed;
    if (last && last.same === same) {
      last.from[1] = ends[0];
      last.to[1] = ends[1];
    } else {
      runs.push({ same, from: [left, ends[0]], to: [right, ends[1]] });
    }
    [left, right] = ends;
  }
  return runs;
}

import { diffArrays } from "diff";
import type { Budget } from "./budget";

/** Positions that follow each other: the same on both sides, or removed from the one and added to the other in its place. */
export interface Run {
  same: boolean;
  /** Half-open ranges of positions; of a run that is the same, both have the same length. */
  from: [start: number, end: number];
  to: [start: number, end: number];
}

const MOST_EDITS = 20_000;

/**
 * Lines two lists up by what is equal in them, in order: runs that cover both lists without a gap, same and different
 * in turn. Beyond the budget what lies between a common start and a common end is one difference.
 */
export function align(from: string[], to: string[], budget: Budget): Run[] {
  const shorter = Math.min(from.length, to.length);
  let head = 0;
  while (head < shorter && from[head] === to[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail += 1;
  const middle = { from: from.slice(head, from.length - tail), to: to.slice(head, to.length - tail) };
  const runs: Run[] = [];
  if (head > 0) runs.push({ same: true, from: [0, head], to: [0, head] });
  runs.push(...between(middle.from, middle.to, head, budget));
  if (tail > 0) {
    runs.push({ same: true, from: [from.length - tail, from.length], to: [to.length - tail, to.length] });
  }
  return runs;
}

function between(from: string[], to: string[], offset: number, budget: Budget): Run[] {
  if (from.length === 0 && to.length === 0) return [];
  const whole: Run = { same: false, from: [offset, offset + from.length], to: [offset, offset + to.length] };
  if (from.length === 0 || to.length === 0) return [whole];
  const changes = diffArrays(from, to, { timeout: Math.min(1500, budget.left()), maxEditLength: MOST_EDITS });
  if (!changes) {
    budget.note("The two differ so much that finding what stayed would take too long.");
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

import type { Json } from "#contract/json";
import { align } from "./align";
import type { Budget } from "./budget";
import { canonical, equal } from "./equal";
import type { Tolerance } from "./options";

/** The change of a value; of a member or item that exists on one side only, `added` or `removed`. */
export type Change =
  | { op: "same"; value: Json }
  | { op: "added"; to: Json }
  | { op: "removed"; from: Json }
  | { op: "changed"; from: Json; to: Json }
  | { op: "object"; members: [name: string, change: Change][] }
  | { op: "list"; items: Change[] };

/** Compares two values, recursively. Lists are aligned by their equal items; items between these are compared in pairs. */
export function compareJson(from: Json, to: Json, budget: Budget, tolerance: Tolerance = "exact"): Change {
  if (Array.isArray(from) && Array.isArray(to)) return listChange(from, to, budget, tolerance);
  if (isObject(from) && isObject(to)) return objectChange(from, to, budget, tolerance);
  return equal(from, to, tolerance) ? { op: "same", value: to } : { op: "changed", from, to };
}

function objectChange(
  from: { [name: string]: Json },
  to: { [name: string]: Json },
  budget: Budget,
  tolerance: Tolerance,
): Change {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  const members = names.map((name): [string, Change] => {
    const [before, after] = [own(from, name), own(to, name)];
    if (before === undefined)
      return [name, after === undefined ? { op: "same", value: null } : { op: "added", to: after }];
    return [
      name,
      after === undefined ? { op: "removed", from: before } : compareJson(before, after, budget, tolerance),
    ];
  });
  return members.every(([, change]) => change.op === "same") ? { op: "same", value: to } : { op: "object", members };
}

function listChange(from: Json[], to: Json[], budget: Budget, tolerance: Tolerance): Change {
  const runs = align(from.map(canonical), to.map(canonical), budget);
  if (runs.every(({ same }) => same)) return { op: "same", value: to };
  const items = runs.flatMap((run): Change[] => {
    const [before, after] = [from.slice(...run.from), to.slice(...run.to)];
    if (run.same) return after.map((value) => ({ op: "same", value }));
    const paired = Math.min(before.length, after.length);
    return [
      ...after.slice(0, paired).map((value, at) => compareJson(before[at] ?? null, value, budget, tolerance)),
      ...before.slice(paired).map((value): Change => ({ op: "removed", from: value })),
      ...after.slice(paired).map((value): Change => ({ op: "added", to: value })),
    ];
  });
  return items.every(({ op }) => op === "same") ? { op: "same", value: to } : { op: "list", items };
}

function own(object: { [name: string]: Json }, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function isObject(value: Json): value is { [name: string]: Json } {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

import type { Json } from "#contract/json";
import { formatCount } from "#formats/number";
import { align } from "./align";
import type { Budget } from "./budget";
import { canonical, equal } from "./equal";
import type { Tolerance } from "./options";
import { jsonText } from "./values/exact-number";
import { lineWords, type Part } from "./words";

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

/** A value that differs, by its path. Long values are cut; changed words are marked. */
export interface PathChange {
  op: "added" | "removed" | "changed";
  path: string;
  from: Part[] | null;
  to: Part[] | null;
}

export interface JsonDifference {
  kind: "json";
  changes: PathChange[];
  added: number;
  removed: number;
  changed: number;
  same: number;
}

const MAX_LISTED = 2000;
const MAX_VALUE_LENGTH = 1000;

/** The differences of two JSON values by path. All are counted; the first 2,000 are listed. */
export function jsonDifference(from: Json, to: Json, budget: Budget, tolerance: Tolerance = "exact"): JsonDifference {
  const difference: JsonDifference = { kind: "json", changes: [], added: 0, removed: 0, changed: 0, same: 0 };
  const walk = (change: Change, path: string) => {
    switch (change.op) {
      case "same":
        difference.same += 1;
        return;
      case "object":
        for (const [name, member] of change.members) walk(member, memberPath(path, name));
        return;
      case "list":
        walkItems(change.items, path, walk);
        return;
      default:
        difference[change.op] += 1;
        if (difference.changes.length < MAX_LISTED) {
          difference.changes.push(pathChange(change, path || "(root)", budget));
        } else budget.note(`Only the first ${formatCount(MAX_LISTED)} changes are listed; all are counted.`);
    }
  };
  walk(compareJson(from, to, budget, tolerance), "");
  return difference;
}

/** Items have their new positions in paths, removed ones their old. */
function walkItems(items: Change[], path: string, walk: (change: Change, path: string) => void) {
  let [before, after] = [0, 0];
  for (const item of items) {
    walk(item, `${path}[${item.op === "removed" ? before : after}]`);
    if (item.op !== "added") before += 1;
    if (item.op !== "removed") after += 1;
  }
}

function pathChange(
  change: Exclude<Change, { op: "same" | "object" | "list" }>,
  path: string,
  budget: Budget,
): PathChange {
  const from = change.op === "added" ? null : shortened(change.from);
  const to = change.op === "removed" ? null : shortened(change.to);
  const words = from !== null && to !== null && change.op === "changed" ? lineWords(from, to, budget) : null;
  return { op: change.op, path, from: words?.from ?? plain(from), to: words?.to ?? plain(to) };
}

function plain(text: string | null): Part[] | null {
  return text === null ? null : [{ text, marked: false }];
}

function shortened(value: Json): string {
  const text = jsonText(value);
  return text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…` : text;
}

function memberPath(path: string, name: string): string {
  if (/^[A-Za-z_$][\w$-]*$/.test(name)) return path ? `${path}.${name}` : name;
  return `${path}[${JSON.stringify(name)}]`;
}

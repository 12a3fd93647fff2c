import type { Json } from "#contract/json";
import type { Budget } from "./budget";
import { type Change, compareJson } from "./json";
import { lineWords, type Part } from "./words";

/** One value that differs: where it stands, and what it was and is; long values are cut, rewritten words are marked. */
export interface PathChange {
  op: "added" | "removed" | "changed";
  path: string;
  from: Part[] | null;
  to: Part[] | null;
}

/** Two values by path. */
export interface JsonDifference {
  kind: "json";
  changes: PathChange[];
  added: number;
  removed: number;
  changed: number;
  same: number;
}

const MOST_SHOWN = 2000;
const LONGEST_VALUE = 1000;

/** Compares two JSON values, and tells what differs by its path. */
export function jsonDifference(from: Json, to: Json, budget: Budget): JsonDifference {
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
        if (difference.changes.length < MOST_SHOWN)
          difference.changes.push(told(change, path || "(the whole)", budget));
        else budget.note("Only the first 2,000 changes are listed; all are counted.");
    }
  };
  walk(compareJson(from, to, budget), "");
  return difference;
}

/** Items are numbered as they stand now; a removed one by where it stood. */
function walkItems(items: Change[], path: string, walk: (change: Change, path: string) => void) {
  let [before, now] = [0, 0];
  for (const item of items) {
    walk(item, `${path}[${item.op === "removed" ? before : now}]`);
    if (item.op !== "added") before += 1;
    if (item.op !== "removed") now += 1;
  }
}

function told(change: Exclude<Change, { op: "same" | "object" | "list" }>, path: string, budget: Budget): PathChange {
  const from = change.op === "added" ? null : shortened(change.from);
  const to = change.op === "removed" ? null : shortened(change.to);
  const words = from !== null && to !== null && change.op === "changed" ? lineWords(from, to, budget) : null;
  return { op: change.op, path, from: words?.from ?? plain(from), to: words?.to ?? plain(to) };
}

function plain(text: string | null): Part[] | null {
  return text === null ? null : [{ text, marked: false }];
}

function shortened(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

function memberPath(path: string, name: string): string {
  if (/^[A-Za-z_$][\w$-]*$/.test(name)) return path ? `${path}.${name}` : name;
  return `${path}[${JSON.stringify(name)}]`;
}

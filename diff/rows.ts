import type { Json } from "#contract/json";
import type { ParsedTable } from "#formats/table";
import { align } from "./align";
import type { Budget } from "./budget";
import { type Column, isShared, type SharedColumn } from "./columns";
import { canonical } from "./equal";
import { rowName } from "./key";

/** The positions of the same row on both sides; null where it does not exist. */
export interface Pair {
  from: number | null;
  to: number | null;
}

/**
 * Pairs rows by the columns that identify them, repeated names in their order, and rows without a name by content. In the
 * order of the new side; a removed row comes after the row that it followed.
 */
export function pairByKey(from: ParsedTable, to: ParsedTable, key: SharedColumn[]): Pair[] {
  const nameBy = (side: "from" | "to") => {
    const positions = key.map((column) => column[side]);
    return (row: (Json | undefined)[]) =>
      rowName(row, positions) ?? `unnamed ${canonical(row.map((cell) => cell ?? null))}`;
  };
  return pairByName(from.rows.map(nameBy("from")), to.rows.map(nameBy("to")));
}

function pairByName(from: string[], to: string[]): Pair[] {
  const before = positionsOf(from);
  const after = positionsOf(to);
  const partners = new Map<number, number>();
  for (const [name, at] of after) {
    const partner = before.get(name);
    if (partner !== undefined) partners.set(partner, at);
  }
  const removedAfter = new Map<number, Pair[]>();
  let last = -1;
  for (const at of from.keys()) {
    const partner = partners.get(at);
    if (partner !== undefined) last = partner;
    else if (removedAfter.has(last)) removedAfter.get(last)?.push({ from: at, to: null });
    else removedAfter.set(last, [{ from: at, to: null }]);
  }
  const pairs = [removedAfter.get(-1) ?? []];
  for (const [name, at] of after) {
    pairs.push([{ from: before.get(name) ?? null, to: at }], removedAfter.get(at) ?? []);
  }
  return pairs.flat();
}

/** The position of each name; the label has the number of its earlier occurrences before the name. */
function positionsOf(names: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  const found = new Map<string, number>();
  for (const [at, name] of names.entries()) {
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    found.set(`${count} ${name}`, at);
  }
  return found;
}

/** Pairs rows in their order: equal rows are aligned, and rows between these are paired from the top. */
export function pairByOrder(from: ParsedTable, to: ParsedTable, columns: Column[], budget: Budget): Pair[] {
  const [before, after] = contents(from, to, columns);
  return align(before, after, budget).flatMap((run) => {
    const left = run.from[1] - run.from[0];
    const right = run.to[1] - run.to[0];
    return Array.from({ length: Math.max(left, right) }, (_, at) => ({
      from: at < left ? run.from[0] + at : null,
      to: at < right ? run.to[0] + at : null,
    }));
  });
}

/** Pairs the rows of tables that have the same rows in another order; null for other tables. */
export function pairByContent(from: ParsedTable, to: ParsedTable, columns: Column[]): Pair[] | null {
  if (from.rows.length !== to.rows.length) return null;
  const pairs = pairByName(...contents(from, to, columns));
  return pairs.length === to.rows.length ? pairs : null;
}

/** The content of each row in the columns of both sides. */
function contents(from: ParsedTable, to: ParsedTable, columns: Column[]): [string[], string[]] {
  const shared = columns.filter(isShared);
  const contentOf = (row: (Json | undefined)[], side: "from" | "to") =>
    shared.map((column) => canonical(row[column[side]])).join("\u0000");
  return [from.rows.map((row) => contentOf(row, "from")), to.rows.map((row) => contentOf(row, "to"))];
}

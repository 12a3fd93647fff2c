import fc from "fast-check";
import { expect, it } from "vitest";
import type { Json } from "#contract/json";
import type { ParsedTable } from "#formats/table";
import { createBudget } from "./budget";
import { isShared, matchColumns } from "./columns";
import { equal } from "./equal";
import { type Change, compareJson } from "./json";
import { inferKey } from "./key";
import { TOLERANCES } from "./options";
import { pairByKey, pairByOrder } from "./rows";
import { rowChange, tableDifference } from "./table";
import { textDifference } from "./text";

const budget = () => createBudget(5000);

const word = fc.constantFrom("a", "b", "to be", "or", "", " ", "12", "ä ö");
const text = fc.array(
  fc.array(word, { maxLength: 4 }).map((words) => words.join(" ")),
  { maxLength: 12 },
);

it("a table in another order has the same rows, whatever the key", () => {
  fc.assert(
    fc.property(table, fc.infiniteStream(fc.nat()), (from, numbers) => {
      const shuffled = <Item>(items: Item[]) =>
        items
          .map((item) => ({ item, rank: numbers.next().value }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ item }) => item);
      fc.pre(new Set(from.columns).size === from.columns.length);
      const positions = shuffled([...from.columns.keys()]);
      const to = {
        columns: positions.map((at) => from.columns[at] ?? ""),
        rows: shuffled(from.rows).map((row) => positions.map((at) => row[at])),
      };
      expect(tableDifference(from, to, {}, budget())).toMatchObject({ rows: [], same: from.rows.length, cells: 0 });
    }),
  );
});

it("a greater tolerance never finds more changes", () => {
  const numbers = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(numbers, numbers, (from, to) => {
      const tableOf = (values: number[]) => ({ columns: ["id", "n"], rows: values.map((value, at) => [at, value]) });
      const counts = TOLERANCES.map((tolerance) =>
        tableDifference(tableOf(from), tableOf(to), { tolerance }, budget()),
      );
      expect(counts.map(({ cells, within }) => cells + within)).toEqual(counts.map(() => counts[0]?.cells));
      expect(counts.map(({ cells }) => cells)).toEqual(counts.map(({ cells }) => cells).sort((a, b) => b - a));
    }),
  );
});

it("a text difference contains both sides, and counts its lines", () => {
  fc.assert(
    fc.property(text, text, (from, to) => {
      const { stretches, added, removed, changed } = textDifference(from.join("\n"), to.join("\n"), budget());
      const line = ({ parts }: { parts: { text: string }[] }) => parts.map((part) => part.text).join("");
      const left = stretches.flatMap((each) => (each.same ? each.lines : each.removed.map(line)));
      const right = stretches.flatMap((each) => (each.same ? each.lines : each.added.map(line)));
      expect(left.join("\n")).toBe(from.join("\n"));
      expect(right.join("\n")).toBe(to.join("\n"));
      const changedLines = stretches.flatMap((each) => (each.same ? [] : [...each.added, ...each.removed]));
      expect(added + removed + 2 * changed).toBe(changedLines.length);
    }),
  );
});

const name = fc.constantFrom("a", "b", "constructor", "toString", "x y", "");
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Json>(0, 1, "", "a", null, true),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(name, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

/** One side of a change, built from the change alone. */
function sideOf(change: Change, side: "from" | "to"): Json | undefined {
  switch (change.op) {
    case "same":
      return change.value;
    case "changed":
      return change[side];
    case "added":
      return side === "to" ? change.to : undefined;
    case "removed":
      return side === "from" ? change.from : undefined;
    case "list":
      return change.items.map((item) => sideOf(item, side)).filter((value) => value !== undefined);
    case "object": {
      const members = change.members.map(([member, each]): [string, Json | undefined] => [member, sideOf(each, side)]);
      return Object.fromEntries(members.flatMap(([member, value]) => (value === undefined ? [] : [[member, value]])));
    }
  }
}

it("a JSON difference contains both sides, and is `same` for equal values", () => {
  fc.assert(
    fc.property(json, json, (from, to) => {
      const change = compareJson(from, to, budget());
      expect(equal(sideOf(change, "from"), from)).toBe(true);
      expect(equal(sideOf(change, "to"), to)).toBe(true);
      expect(change.op === "same").toBe(equal(from, to));
      expect(compareJson(from, structuredClone(from), budget()).op).toBe("same");
    }),
  );
});

const cell = fc.constantFrom<Json | undefined>(undefined, null, 1, 2, 3.5, "", "a", "b", true, [1], { a: 1 });
const table = fc
  .record({
    columns: fc.array(fc.constantFrom("id", "a", "b", "c", ""), { maxLength: 4 }),
    rows: fc.array(fc.array(cell, { minLength: 4, maxLength: 4 }), { maxLength: 8 }),
  })
  .map(({ columns, rows }): ParsedTable => ({ columns, rows: rows.map((row) => columns.map((_, at) => row[at])) }));

/** The rows of `to`, built from the rows of `from` and the changes. */
function applied(from: ParsedTable, to: ParsedTable, how: "key" | "first column" | "order"): ParsedTable["rows"] {
  const columns = matchColumns(from, to);
  for (const [side, table] of Object.entries({ from, to })) {
    const positions = columns.map((column) => (side === "from" ? column.from : column.to)).filter((at) => at !== null);
    expect(positions.sort()).toEqual([...table.columns.keys()]);
  }
  const shared = columns.filter(isShared);
  const key = how === "key" ? inferKey(from, to, columns) : shared.slice(0, 1);
  const byKey = how !== "order" && key.length > 0;
  const pairs = byKey ? pairByKey(from, to, key) : pairByOrder(from, to, columns, budget());
  expect(
    pairs
      .map((pair) => pair.from)
      .filter((at) => at !== null)
      .sort(),
  ).toEqual([...from.rows.keys()].sort());
  const rows: ParsedTable["rows"] = [];
  for (const pair of pairs) {
    if (pair.to === null) continue;
    const change = rowChange(pair, from, to, columns);
    const before = pair.from === null ? [] : (from.rows[pair.from] ?? []);
    rows[pair.to] = to.columns.map((_, at) => {
      const position = columns.findIndex((column) => column.to === at);
      const [column, cell] = [columns[position], change?.cells[position]];
      if (!change || (change.op === "changed" && !cell?.changed)) {
        // The cells of an added column are in the new side only.
        return column?.from == null ? to.rows[pair.to ?? 0]?.[at] : before[column.from];
      }
      return cell?.to;
    });
  }
  return rows;
}

it.each(["key", "first column", "order"] as const)("a table difference by %s turns one side into the other", (how) => {
  fc.assert(
    fc.property(table, table, (from, to) => {
      const rows = applied(from, to, how);
      expect(rows).toHaveLength(to.rows.length);
      rows.forEach((row, at) => {
        row.forEach((value, column) => {
          expect(equal(value, to.rows[at]?.[column])).toBe(true);
        });
      });
    }),
  );
});

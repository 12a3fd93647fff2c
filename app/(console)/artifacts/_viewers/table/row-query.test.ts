import { describe, expect, it } from "vitest";
import { indexJsonText, runToEnd } from "#formats/json-index";
import { cellText, readTable, valueAt } from "#formats/table";
import { columnsOf } from "./column";
import { exportRows } from "./export-rows";
import { NO_QUERY, queryRows, type RowQuery } from "./row-query";

function open(text: string) {
  const table = runToEnd(readTable(indexJsonText(text)));
  if (!table) throw new Error("Not a table.");
  const columns = columnsOf(table);
  const order = (arrangement: Partial<RowQuery>) => queryRows(table, columns, { ...NO_QUERY, ...arrangement });
  const first = (arrangement: Partial<RowQuery>) =>
    [...order(arrangement)].map((row) => cellText(table, valueAt(table, row, 0)));
  return { table, columns, order, first };
}

const list = (cells: string[]) => open(`[${cells.map((cell) => `{"a":${cell}}`).join()},{}]`);

describe("a column", () => {
  it.each([
    ["number", ["1.0", "null", "2"]],
    ["boolean", ["true", "false"]],
    ["date", ['"2026-01-31"', '"2026-01-31T10:00:00Z"', '"2026-01-31 10:00:00.123456+02:00"']],
    ["link", ['"https://a.b"', '"HTTP://c"']],
    ["text", ['"1"', '"2"']],
    ["text", ['"2026-01-31"', '"later"']],
    ["json", ["[1]", "[]"]],
    ["mixed", ["1", '"1"']],
    ["empty", ["null"]],
  ])("has type %s for %j", (type, cells) => {
    expect(list(cells).columns[0]?.type).toBe(type);
  });
});

describe("sorting", () => {
  const sorted = (cells: string[], down = false) => list(cells).first({ sort: { column: 0, descending: down } });

  it("orders numbers, also those that round to the same double, with empty cells last both ways", () => {
    const cells = ["10", "9007199254740993", "null", "9007199254740992", "-1.5", "2e0"];
    expect(sorted(cells)).toEqual(["-1.5", "2e0", "10", "9007199254740992", "9007199254740993", "", ""]);
    expect(sorted(cells, true)).toEqual(["9007199254740993", "9007199254740992", "10", "2e0", "-1.5", "", ""]);
  });

  it("orders dates by point in time", () => {
    expect(sorted(['"2026-01-02T00:00:00Z"', '"2026-01-02T01:00:00+02:00"', '"2026-01-01"'])).toEqual([
      "2026-01-01",
      "2026-01-02T01:00:00+02:00",
      "2026-01-02T00:00:00Z",
      "",
    ]);
  });

  it("orders text naturally and keeps the order of equal rows", () => {
    expect(sorted(['"item 10"', '"Item 2"', '"äpfel"', '"item 2"'])).toEqual([
      "äpfel",
      "item 2",
      "Item 2",
      "item 10",
      "",
    ]);
    expect([...open('[["k"],["x"],["x"],["x"]]').order({ sort: { column: 0, descending: true } })]).toEqual([0, 1, 2]);
  });

  it("separates the kinds of mixed values", () => {
    expect(sorted(['"b"', "true", "3", "[1]", '"a"', "20"])).toEqual(["3", "20", "a", "b", "true", "[1]", ""]);
  });
});

describe("filtering", () => {
  const cities = open(
    '[{"a":"Oslo","n":7,"d":"2026-01-01"},{"a":"Bergen","n":2.50,"d":"2026-03-01"},{"a":"Los Angeles","n":null,"d":"2026-02-01"},{"n":-1}]',
  );

  it.each([
    ["los", ["Los Angeles"]],
    ["LO", ["Oslo", "Los Angeles"]],
    ["2.50", ["Bergen"]],
    ["null", []],
    ["2026-0", ["Oslo", "Bergen", "Los Angeles"]],
  ])("searches %j in every cell", (search, shown) => {
    expect(cities.first({ search })).toEqual(shown);
  });

  it.each([
    [0, "= oslo", ["Oslo"]],
    [0, "!= oslo", ["Bergen", "Los Angeles", ""]],
    [0, "empty", [""]],
    [0, "filled", ["Oslo", "Bergen", "Los Angeles"]],
    [0, "> a", []],
    [1, "> 2.5", ["Oslo"]],
    [1, ">=2.5", ["Oslo", "Bergen"]],
    [1, "< 0", [""]],
    [1, "=2.5", ["Bergen"]],
    [1, "2..7", ["Oslo", "Bergen"]],
    [1, "-5..0", [""]],
    [1, "empty", ["Los Angeles"]],
    [1, "5", ["Bergen"]],
    [2, ">= 2026-02-01", ["Bergen", "Los Angeles"]],
    [2, "2026-01-01..2026-02-01", ["Oslo", "Los Angeles"]],
    [2, " ", ["Oslo", "Bergen", "Los Angeles", ""]],
  ])("filters column %i by %j", (column, text, shown) => {
    expect(cities.first({ filters: { [column]: text } })).toEqual(shown);
  });

  it("combines search, filters and sorting", () => {
    expect(cities.first({ search: "2026", filters: { 0: "o" }, sort: { column: 1, descending: true } })).toEqual([
      "Oslo",
      "Los Angeles",
    ]);
  });

  it("exports the rows in order with values as they were written", async () => {
    const order = cities.order({ sort: { column: 1, descending: false }, filters: { 1: "filled" } });
    expect(await exportRows(cities.table, order, "csv").text()).toBe(
      "a,n,d\r\n,-1,\r\nBergen,2.50,2026-03-01\r\nOslo,7,2026-01-01\r\n",
    );
    expect(await exportRows(cities.table, order, "json").text()).toBe(
      '[\n{"n":-1},\n{"a":"Bergen","n":2.50,"d":"2026-03-01"},\n{"a":"Oslo","n":7,"d":"2026-01-01"}\n]\n',
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf } from "#formats/column";
import { cellText, tableIn, valueAt } from "#formats/table";
import { NO_QUERY, queryRows, type RowQuery } from "./row-query";

function open(text: string) {
  const table = tableIn(text);
  if (!table) throw new Error("Not a table.");
  const columns = columnsOf(table);
  const order = (query: Partial<RowQuery>) => queryRows(table, columns, { ...NO_QUERY, ...query });
  const first = (query: Partial<RowQuery>) => [...order(query)].map((row) => cellText(table, valueAt(table, row, 0)));
  return { table, columns, order, first };
}

const list = (cells: string[]) => open(`[${cells.map((cell) => `{"a":${cell}}`).join()},{}]`);

describe("sorting", () => {
  const sorted = (cells: string[], descending = false) => list(cells).first({ sort: { column: 0, descending } });

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

  it.each([
    ["signs and decimals", ["-10", "-3.25", ".5", "1.5", "9.75", "+10"]],
    ["thousands", ["4", "12", "3,185", "1,747,261"]],
    ["currencies", ["$30", "$500", "$20,000", "$1,000,000", "$10,000,000"]],
    ["per cent", ["-1 %", "0.5 %", "12 %"]],
    ["units", ["900 ms", "1.5 s", "2 min"]],
    ["dates", ["31.12.2025", "01.02.2026", "31.03.2026"]],
  ])("orders texts that are %s, with words for missing values and blanks last both ways", (_, texts) => {
    const missing = ["NA", "", "-"];
    const cells = [missing[0], ...texts.toReversed(), missing[1], missing[2]].map((text) => JSON.stringify(text));
    expect(sorted(cells)).toEqual([...texts, ...missing, ""]);
    expect(sorted(cells, true)).toEqual([...texts.toReversed(), ...missing, ""]);
  });

  it("orders infinite numbers, and blanks of text last both ways", () => {
    expect(sorted(["1.5", '"Infinity"', '"NaN"', '"-Infinity"', "-2"])).toEqual([
      "-Infinity",
      "-2",
      "1.5",
      "Infinity",
      "NaN",
      "",
    ]);
    expect(sorted(['""', '"b"', '" "', '"a"'])).toEqual(["a", "b", "", " ", ""]);
    expect(sorted(['""', '"b"', '" "', '"a"'], true)).toEqual(["b", "a", "", " ", ""]);
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
  it("finds letters however they are escaped, also in lists and objects", () => {
    const { first } = list(['"Forl\\u00ec"', '{"in":"Forl\\u00ec"}', '["C:\\\\tmp"]', '"other"']);
    expect(first({ search: "forlì" })).toEqual(["Forlì", '{"in":"Forlì"}']);
    expect(first({ filters: { 0: "Forlì" } })).toEqual(["Forlì", '{"in":"Forlì"}']);
    expect(first({ search: "C:\\tmp" })).toEqual(['["C:\\\\tmp"]']);
  });

  it("compares texts that are numbers or dates", () => {
    const money = list(['"$1,000"', '"$20"', '"NA"', '""']);
    expect(money.first({ filters: { 0: "> 100" } })).toEqual(["$1,000"]);
    expect(money.first({ filters: { 0: "10..$30" } })).toEqual(["$20"]);
    expect(money.first({ filters: { 0: "= 1000" } })).toEqual(["$1,000"]);
    expect(money.first({ filters: { 0: "empty" } })).toEqual(["NA", "", ""]);
    expect(list(['"31.01.2026"', '"01.02.2026"']).first({ filters: { 0: "> 2026-01-31" } })).toEqual(["01.02.2026"]);
  });

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
});

const escaped = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;

describe("queryRows", () => {
  const cell = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom("a", "B", "item 2", "item 10", "2026-01-01", "", null, true),
    fc.array(fc.nat(2), { maxLength: 2 }),
  );
  const rows = fc.array(fc.record({ a: cell, b: cell }, { requiredKeys: [] }), { minLength: 1, maxLength: 12 });

  it("sorts into a permutation of all rows, twice into the same", () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (data, descending) => {
        const { order, table } = open(JSON.stringify(data));
        const sorted = order({ sort: { column: 0, descending } });
        expect([...sorted].sort((one, other) => one - other)).toEqual(
          Array.from({ length: table.rows }, (_, at) => at),
        );
        expect(order({ sort: { column: 0, descending } })).toEqual(sorted);
      }),
    );
  });

  it("keeps the order of filtered rows while it sorts", () => {
    fc.assert(
      fc.property(rows, (data) => {
        const { order } = open(JSON.stringify(data));
        const sort = { column: 0, descending: false };
        const found = new Set(order({ search: "a" }));
        expect([...order({ search: "a", sort })]).toEqual([...order({ sort })].filter((row) => found.has(row)));
      }),
    );
  });

  it("finds the rows that a naive search finds", () => {
    const text = (value: unknown) =>
      value === null || value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
    // The Kelvin sign and the dotted I have lower-case letters within ASCII.
    const others = fc.constantFrom("Zürich", "5 \u212a", "\u0130", 'a"b', "a\\b", "line\nnext", "東京");
    const varied = fc.array(fc.record({ a: fc.oneof(cell, others), b: cell }, { requiredKeys: [] }), { minLength: 1 });
    const searches = fc.constantFrom("a", "item", "1", "2", "[", "true", "ZÜ", "k", "i", '"', "\\", "n", "nul", "京");
    fc.assert(
      fc.property(varied, searches, fc.boolean(), (data, search, isEscaped) => {
        const json = JSON.stringify(data);
        const { order } = open(isEscaped ? json.replaceAll(/[^\0-\x7f]/g, escaped) : json);
        const found = data.flatMap((row, at) =>
          Object.values(row).some((value) => text(value).toLowerCase().includes(search.toLowerCase())) ? [at] : [],
        );
        expect([...order({ search })]).toEqual(found);
      }),
    );
  });

  it("searches the blocks of a large table", () => {
    const data = Array.from({ length: 5000 }, (_, at) => ({ a: `row ${at}`, b: at === 2500 ? "Zürich" : "Oslo" }));
    const { order } = open(JSON.stringify(data));
    expect([...order({ search: "row 1999" })]).toEqual([1999]);
    expect([...order({ search: "row 2000" })]).toEqual([2000]);
    expect([...order({ search: "zürich" })]).toEqual([2500]);
    expect([...order({ search: "OSLO" })]).toHaveLength(4999);
    expect([...order({ search: "b" })]).toEqual([]);
  });

  it("ignores a sort by a column that does not exist, and space around the search", () => {
    const { order } = open('[{"a":2},{"a":1}]');
    expect([...order({ sort: { column: 7, descending: false } })]).toEqual([0, 1]);
    expect([...order({ search: "  1 " })]).toEqual([1]);
    expect([...order({})]).toEqual([0, 1]);
  });

  it("searches rows that are too long to be ruled out as a whole", () => {
    const long = "x".repeat(120_000);
    const { order } = open(JSON.stringify([{ a: long, b: "Oslo" }, { a: long }]));
    expect([...order({ search: "oslo" })]).toEqual([0]);
  });
});

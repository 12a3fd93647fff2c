import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { indexJsonText, sourceOf } from "./json-index";
import { runToEnd } from "./steps";
import { cellText, parseTable, readTable, tableIn, valueAt } from "./table";
import { countRows } from "./table-form";

const rowsIn = (text: string) => runToEnd(countRows(new TextEncoder().encode(text)));

/** A table with the JSON text of each cell. */
function sourcesIn(text: string) {
  const table = tableIn(text);
  if (!table) return null;
  const cell = (value: number) => (value === 0 ? undefined : sourceOf(table.values, value));
  const rows = Array.from({ length: table.rows }, (_, row) =>
    table.columns.map((_, column) => cell(valueAt(table, row, column))),
  );
  return { columns: table.columns, rows };
}

describe("readTable", () => {
  it("takes columns from all rows of a list of objects, in any order, and tells missing from null", () => {
    expect(sourcesIn('[{"a": 1.0, "b": "x"}, {"b": null, "c": {"d": 1}, "a": 2}, {}]')).toEqual({
      columns: ["a", "b", "c"],
      rows: [
        ["1.0", '"x"', undefined],
        ["2", "null", '{"d": 1}'],
        [undefined, undefined, undefined],
      ],
    });
  });

  it("follows members that change their order from row to row", () => {
    expect(sourcesIn('[{"a":1,"b":2},{"a":3,"b":4},{"b":5,"a":6},{"b":7},{"c":8,"b":9,"a":10}]')).toEqual({
      columns: ["a", "b", "c"],
      rows: [
        ["1", "2", undefined],
        ["3", "4", undefined],
        ["6", "5", undefined],
        [undefined, "7", undefined],
        ["10", "9", "8"],
      ],
    });
  });

  // In quadratic time this would take minutes.
  it("reads an object with one name 200,000 times", () => {
    const table = tableIn(`[{${'"a":1,'.repeat(199_999)}"a":2}]`);
    expect([table?.columns.length, table?.rows]).toEqual([200_000, 1]);
  });

  it("gives a name that an object has twice two columns", () => {
    expect(sourcesIn('[{"a":1},{"a":2,"a":3},{"a":4,"a":5},{"\\u0061":6}]')).toEqual({
      columns: ["a", "a"],
      rows: [
        ["1", undefined],
        ["2", "3"],
        ["4", "5"],
        ["6", undefined],
      ],
    });
    expect(sourcesIn('[{"a":1,"b":2},{"b":3,"a":4,"b":5}]')).toEqual({
      columns: ["a", "b", "b"],
      rows: [
        ["1", "2", undefined],
        ["4", "3", "5"],
      ],
    });
  });

  it("tells names apart that differ after an escape, in length, or in the last character", () => {
    expect(sourcesIn('[{"a\\"b":1},{"a\\"c":2}]')?.columns).toEqual(['a"b', 'a"c']);
    expect(sourcesIn('[{"ab":1},{"a":2},{"abc":3},{"abd":4},{"":5},{"a":6}]')).toEqual({
      columns: ["ab", "a", "abc", "abd", ""],
      rows: [
        ["1", undefined, undefined, undefined, undefined],
        [undefined, "2", undefined, undefined, undefined],
        [undefined, undefined, "3", undefined, undefined],
        [undefined, undefined, undefined, "4", undefined],
        [undefined, undefined, undefined, undefined, "5"],
        [undefined, "6", undefined, undefined, undefined],
      ],
    });
  });

  it("does not confuse a column with a member of every object", () => {
    expect(sourcesIn('[{"a":1},{"toString":"x","__proto__":"y"}]')).toEqual({
      columns: ["a", "toString", "__proto__"],
      rows: [
        ["1", undefined, undefined],
        [undefined, '"x"', '"y"'],
      ],
    });
  });

  it("takes lists of lists with and without a head row, of different lengths too", () => {
    expect(sourcesIn('[["x","y"],[1],[2,3,4]]')).toEqual({
      columns: ["x", "y", "3"],
      rows: [
        ["1", undefined, undefined],
        ["2", "3", "4"],
      ],
    });
    expect(sourcesIn("[[1,2]]")).toEqual({ columns: ["1", "2"], rows: [["1", "2"]] });
    expect(sourcesIn('[["a","b"]]')).toEqual({ columns: ["1", "2"], rows: [['"a"', '"b"']] });
    expect(sourcesIn("[]")).toEqual({ columns: [], rows: [] });
    expect(sourcesIn("[[]]")).toEqual({ columns: [], rows: [[]] });
  });

  it("takes no head row from a first list of which only some cells are strings", () => {
    expect(sourcesIn('[["x",1],["y",2]]')).toEqual({
      columns: ["1", "2"],
      rows: [
        ['"x"', "1"],
        ['"y"', "2"],
      ],
    });
  });

  it("keeps a head row that is wider than the rows", () => {
    expect(sourcesIn('[["x","y"],[1]]')).toEqual({ columns: ["x", "y"], rows: [["1", undefined]] });
  });

  it("takes an object of lists of different lengths, and a JSON string of a table, once", () => {
    const text = '{"city":["Oslo","Rome"],"people":[7]}';
    const table = {
      columns: ["city", "people"],
      rows: [
        ['"Oslo"', "7"],
        ['"Rome"', undefined],
      ],
    };
    expect(sourcesIn(text)).toEqual(table);
    expect(sourcesIn(JSON.stringify(text))).toEqual(table);
    expect(sourcesIn(JSON.stringify(JSON.stringify(text)))).toBeNull();
  });

  it.each(["7", "null", '"words"', '"[1,"', "[1]", '[{"a":1},2]', '{"a":1}', "{}", "[null]", '{"a":[1],"b":"x"}'])(
    "is null for %s",
    (text) => {
      expect(sourcesIn(text)).toBeNull();
    },
  );

  it("is null for a table with more cells than the limit", () => {
    const index = indexJsonText('[{"a":1},{"b":1},{"c":1}]');
    expect(runToEnd(readTable(index, 8))).toBeNull();
    expect(runToEnd(readTable(index, 9))?.cells).toHaveLength(9);
  });

  it("has as many rows as countRows counts", () => {
    const cell = fc.oneof(fc.string(), fc.integer(), fc.constant(null));
    const data = fc.oneof(
      fc.array(fc.array(cell, { maxLength: 3 }), { maxLength: 4 }),
      fc.array(fc.dictionary(fc.string(), cell, { maxKeys: 3 }), { maxLength: 4 }),
      fc.dictionary(fc.string(), fc.oneof(fc.array(cell, { maxLength: 3 }), cell), { maxKeys: 3 }),
    );
    fc.assert(
      fc.property(data, fc.boolean(), (value, nested) => {
        const text = JSON.stringify(nested ? JSON.stringify(value) : value);
        expect(tableIn(text)?.rows ?? null).toBe(rowsIn(text));
      }),
    );
  });

  it("yields every 10,000 values of each pass, with their rows, also within a row", () => {
    const pausesOf = (value: unknown) => [...readTable(indexJsonText(JSON.stringify(value)))].length;
    const rows = (count: number) => pausesOf(Array(count).fill([1]));
    expect([4_999, 5_000, 9_999].map(rows)).toEqual([0, 2, 2]);
    const values = Array(30_000).fill(1);
    expect([pausesOf([values]), pausesOf({ a: values })]).toEqual([8, 8]);
    expect(pausesOf([Object.fromEntries(values.map((value, index) => [index, value]))])).toBe(8);
  });

  it("is not one with more than 200,000 columns", () => {
    const wide = (count: number) => ["1", "[1]", '"a":1', `"a":[1]`].map((cell) => Array(count).fill(cell).join());
    const tables = (count: number) => {
      const [row, lists, members, columns] = wide(count);
      return [`[[${row}]]`, `[[1],[${row}]]`, `[{${members}}]`, `{${columns}}`].map(
        (text) => tableIn(text) !== null && lists !== "",
      );
    };
    expect(tables(200_000)).toEqual([true, true, true, true]);
    expect(tables(200_001)).toEqual([false, false, false, false]);
    const ragged = Array.from({ length: 200_001 }, (_, index) => `{"${index}":1}`);
    expect(tableIn(`[${ragged}]`)).toBeNull();
  });
});

describe("cellText", () => {
  const table = tableIn('[{"a":"x\\ny","b":1.0,"c":null,"d":[1, 2],"e":true},{}]');
  const text = (row: number, column: number, maxBytes?: number) =>
    table && cellText(table, valueAt(table, row, column), maxBytes);

  it("gives strings without quotes, other values as written, and nothing for null and missing cells", () => {
    expect([0, 1, 2, 3, 4].map((column) => text(0, column))).toEqual(["x\ny", "1.0", "", "[1, 2]", "true"]);
    expect([0, 1, 2, 3, 4].map((column) => text(1, column))).toEqual(["", "", "", "", ""]);
  });

  it("cuts long cells", () => {
    expect([text(0, 0, 1), text(0, 3, 2)]).toEqual(["x", "[1"]);
  });
});

describe("parseTable", () => {
  it("parses cells, and leaves missing ones undefined", () => {
    expect(parseTable('[{"a":1},{"b":null,"a":"x"},{"a":{"b":[1]}}]')).toEqual({
      columns: ["a", "b"],
      rows: [
        [1, undefined],
        ["x", null],
        [{ b: [1] }, undefined],
      ],
    });
  });

  it("is null for data that is not a table", () => {
    expect(parseTable("[1]")).toBeNull();
  });

  it("parses with the given function", () => {
    expect(parseTable('[["a"],[1.0]]', (source) => `${source}!`)).toEqual({ columns: ["a"], rows: [["1.0!"]] });
  });
});

describe("tableIn", () => {
  it("is null for a text with too many values to index", () => {
    expect(tableIn("[[1,2]]", 3)).toBeNull();
    expect(tableIn("[[1,2]]", 4)?.rows).toBe(1);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvHead, csvRow } from "./csv";
import { jsonIndexOf, runToEnd, sourceOf } from "./json-index";
import { readTable, type Table } from "./table";

const tableOf = (text: string, most?: number) => runToEnd(readTable(jsonIndexOf(text), most));
const rowsOf = ({ values, columns, rows, cells }: Table) =>
  Array.from({ length: rows }, (_, row) =>
    columns.map((_, column) => {
      const value = cells[row * columns.length + column] ?? 0;
      return value === 0 ? undefined : sourceOf(values, value);
    }),
  );
const shown = (text: string) => {
  const table = tableOf(text);
  return table && { columns: table.columns, rows: rowsOf(table) };
};

describe("the table in a text", () => {
  it("takes columns from all rows of a list of objects, in any order, and tells missing from null", () => {
    expect(shown('[{"a": 1.0, "b": "x"}, {"b": null, "c": {"d": 1}, "a": 2}, {}]')).toEqual({
      columns: ["a", "b", "c"],
      rows: [
        ["1.0", '"x"', undefined],
        ["2", "null", '{"d": 1}'],
        [undefined, undefined, undefined],
      ],
    });
  });

  it("gives a member that a row has twice a column each time", () => {
    expect(shown('[{"a":1},{"a":2,"a":3},{"a":4,"a":5},{"\\u0061":6}]')).toEqual({
      columns: ["a", "a"],
      rows: [
        ["1", undefined],
        ["2", "3"],
        ["4", "5"],
        ["6", undefined],
      ],
    });
  });

  it("does not take names for the same that part after an escape", () => {
    expect(shown('[{"a\\"b":1},{"a\\"c":2}]')).toEqual({
      columns: ['a"b', 'a"c'],
      rows: [
        ["1", undefined],
        [undefined, "2"],
      ],
    });
  });

  it("takes lists of lists with and without a head, ragged ones too", () => {
    expect(shown('[["x","y"],[1],[2,3,4]]')).toEqual({
      columns: ["x", "y", "3"],
      rows: [
        ["1", undefined, undefined],
        ["2", "3", "4"],
      ],
    });
    expect(shown("[[1,2]]")).toEqual({ columns: ["1", "2"], rows: [["1", "2"]] });
    expect(shown("[]")).toEqual({ columns: [], rows: [] });
  });

  it("takes an object of lists of different length, and a JSON string of any, once", () => {
    const city = '{"city":["Oslo","Rome"],"people":[7]}';
    const table = {
      columns: ["city", "people"],
      rows: [
        ['"Oslo"', "7"],
        ['"Rome"', undefined],
      ],
    };
    expect(shown(city)).toEqual(table);
    expect(shown(JSON.stringify(city))).toEqual(table);
    expect(shown(JSON.stringify(JSON.stringify(city)))).toBeNull();
  });

  it.each(["7", "null", '"words"', '"[1,"', "[1]", '[{"a":1},2]', '{"a":1}', "{}", "[null]"])(
    "is not in %s",
    (text) => {
      expect(shown(text)).toBeNull();
    },
  );

  it("is refused where it would have more cells than may be", () => {
    expect(tableOf('[{"a":1},{"b":1},{"c":1}]', 8)).toBeNull();
    expect(tableOf('[{"a":1},{"b":1},{"c":1}]', 9)).not.toBeNull();
  });
});

describe("a table as CSV", () => {
  const csv = (text: string, exact = false) => {
    const table = tableOf(text);
    if (!table) throw new Error("no table");
    return (
      csvHead(table, { exact }) + Array.from({ length: table.rows }, (_, row) => csvRow(table, row, { exact })).join("")
    );
  };

  it("quotes what must be, keeps the spelling of numbers and writes JSON in a cell as JSON", () => {
    expect(csv('[{"a,b":1.0,"c":"say \\"x\\"\\n"},{"a,b":-12345678901234567890,"c":[1, "x"]},{"c":null}]')).toBe(
      '"a,b",c\r\n1.0,"say ""x""\n"\r\n-12345678901234567890,"[1, ""x""]"\r\n,\r\n',
    );
  });

  it("disarms text that a spreadsheet would run, and only that", () => {
    const text = '[["a","=b"],["=1+1","-2"],["@x","-cmd|x"],["+49 1","+1.5e3"],["\\t=1",-2]]';
    expect(csv(text)).toBe("a,'=b\r\n'=1+1,-2\r\n'@x,'-cmd|x\r\n'+49 1,+1.5e3\r\n'\t=1,-2\r\n");
    expect(csv(text, true)).toBe('a,=b\r\n=1+1,-2\r\n@x,-cmd|x\r\n+49 1,+1.5e3\r\n"\t=1",-2\r\n');
  });

  it("keeps every text, whatever is in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const [, line = ""] = /^a\r\n([\s\S]*)\r\n$/.exec(csv(JSON.stringify([["a"], [text]]), true)) ?? [];
        const field = line.startsWith('"') ? line.slice(1, -1).replaceAll('""', '"') : line;
        expect(field).toBe(text);
      }),
    );
  });
});

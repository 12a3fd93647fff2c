import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvHead, csvRow, csvRowPieces } from "./csv";
import { cellText, tableIn, valueAt } from "./table";

/** JSON as Python writes it. */
function inAscii(json: string): string {
  return json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function csvOf(text: string, exact = false): string {
  const table = tableIn(text);
  if (!table) throw new Error("not a table");
  const rows = Array.from({ length: table.rows }, (_, row) => csvRow(table, row, { exact }));
  return csvHead(table, { exact }) + rows.join("");
}

describe("CSV", () => {
  it("quotes fields, keeps the source of numbers and writes nested values as JSON", () => {
    expect(csvOf('[{"a,b":1.0,"c":"say \\"x\\"\\n"},{"a,b":-12345678901234567890,"c":[1, "x"]},{"c":null}]')).toBe(
      '"a,b",c\r\n1.0,"say ""x""\n"\r\n-12345678901234567890,"[1, ""x""]"\r\n,\r\n',
    );
    expect(csvOf('[{"a":true,"b":{"c":1}}]')).toBe('a,b\r\ntrue,"{""c"":1}"\r\n');
  });

  it("quotes a field with a comma, a quote, a line end, or a space at its ends", () => {
    const fields = ["a,b", 'a"b', "a\nb", "a\rb", " a", "a ", "\ta", "a b", "", "ab"];
    const [, line] = /^x\r\n([\s\S]*)\r\n$/.exec(csvOf(JSON.stringify([["x"], ...fields.map((f) => [f])]), true)) ?? [];
    expect(line?.split("\r\n")).toEqual([
      '"a,b"',
      '"a""b"',
      '"a\nb"',
      '"a\rb"',
      '" a"',
      '"a "',
      '"\ta"',
      "a b",
      "",
      "ab",
    ]);
  });

  it("puts an apostrophe before text that a spreadsheet would run as a formula", () => {
    const text = '[["a","=b"],["=1+1","-2"],["@x","-cmd|x"],["+49 1","+1.5e3"],["\\t=1",-2],["\\r=1","a=1"]]';
    expect(csvOf(text)).toBe("a,'=b\r\n'=1+1,-2\r\n'@x,'-cmd|x\r\n'+49 1,+1.5e3\r\n'\t=1,-2\r\n\"'\r=1\",a=1\r\n");
    expect(csvOf(text, true)).toBe('a,=b\r\n=1+1,-2\r\n@x,-cmd|x\r\n+49 1,+1.5e3\r\n"\t=1",-2\r\n"\r=1",a=1\r\n');
  });

  it.each(["-1", "+1", "-1.", "-1.5", "-.5", "-1e5", "-1E+5", "-1.5e-10", "-12", "+12.25", "-.55", "-1e10"])(
    "takes %s for a number",
    (number) => {
      expect(csvOf(JSON.stringify([["x"], [number]]))).toBe(`x\r\n${number}\r\n`);
    },
  );

  it.each(["-", "-.", "-1e", "--1", "-1-", "-1e5x", "x-1".slice(1), "+1+1", "-1.5.", "-e5", "-a"])(
    "takes %s for a formula unless it is a number",
    (text) => {
      const isNumber = /^-1$/.test(text);
      expect(csvOf(JSON.stringify([["x"], [text]]))).toBe(`x\r\n${isNumber ? "" : "'"}${text}\r\n`);
    },
  );

  it("keeps every string", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const [, line = ""] = /^a\r\n([\s\S]*)\r\n$/.exec(csvOf(JSON.stringify([["a"], [text]]), true)) ?? [];
        const field = line.startsWith('"') ? line.slice(1, -1).replaceAll('""', '"') : line;
        expect(field).toBe(text);
      }),
    );
  });

  it("has the text of every cell, with letters in lists and objects, from ASCII and Unicode JSON alike", () => {
    const values = fc.array(fc.jsonValue({ stringUnit: "grapheme" }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(values, (row) => {
        const names = row.map((_, at) => `c${at}`);
        const unicode = JSON.stringify([names, row]);
        const table = tableIn(unicode);
        const texts = row.map((_, column) => (table ? cellText(table, valueAt(table, 0, column)) : ""));
        for (const text of [unicode, inAscii(unicode)]) {
          const [, fields = []] = parse(csvOf(text, true), {
            delimiter: ",",
            recordDelimiter: "\r\n",
            relaxColumnCount: true,
          });
          expect(fields).toEqual(texts);
        }
        for (const [at, value] of row.entries()) {
          if (typeof value === "object" && value !== null)
            expect(JSON.parse(texts[at] ?? "")).toEqual(JSON.parse(JSON.stringify(value)));
        }
      }),
    );
    expect(csvOf(String.raw`[{"città":{"n":"Forl\u00ec 😀","p":"C:\\tmp\n"}}]`, true)).toBe(
      String.raw`città${"\r\n"}"{""n"":""Forlì 😀"",""p"":""C:\\tmp\n""}"${"\r\n"}`,
    );
  });

  it("escapes formulas, but not with the option exact", () => {
    const table = tableIn('[["=a"],["=b"]]');
    expect(table && [csvHead(table), csvRow(table, 0)]).toEqual(["'=a\r\n", "'=b\r\n"]);
    expect(table && [csvHead(table, {}), csvRow(table, 0, {})]).toEqual(["'=a\r\n", "'=b\r\n"]);
  });

  it("writes a cell of more than 256 KiB in pieces, whatever it consists of", () => {
    for (const unit of ['a, "b" \n', "é😀", "=1+", "\\", "[", "x"]) {
      const text = unit.repeat(600_000 / unit.length);
      for (const cell of [text, { text }, [[text, "=ë"]]]) {
        const json = JSON.stringify([
          ["x", "y"],
          [cell, 1],
        ]);
        for (const written of [json, inAscii(json)]) {
          const table = tableIn(written);
          if (!table) throw new Error("not a table");
          const pieces = [...csvRowPieces(table, 0, { exact: true })];
          expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(600_000);
          expect(parse(pieces.join(""), { relax_column_count: true })).toEqual([
            [typeof cell === "string" ? cell : JSON.stringify(cell), "1"],
          ]);
        }
      }
    }
    expect(csvOf(JSON.stringify([["x"], ["=a".repeat(200_000)]]))).toMatch(/^x\r\n"'=a/);
  });

  it("writes rows in any order", () => {
    const table = tableIn('{"a":[1,2,3],"b":["x"]}');
    expect(table && [2, 0].map((row) => csvRow(table, row))).toEqual(["3,\r\n", "1,x\r\n"]);
  });
});

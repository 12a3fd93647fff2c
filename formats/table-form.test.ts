import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { indexJsonText } from "./json-index";
import { byteSource, indexSource } from "./json-source";
import { runToEnd } from "./steps";
import * as tableForms from "./table-form";

const utf8 = new TextEncoder();

const countRows = (text: string) => runToEnd(tableForms.countRows(utf8.encode(text)));
const containerIn = (text: string) => runToEnd(tableForms.containerIn(utf8.encode(text)));
const formOf = (text: string) => runToEnd(tableForms.tableForm(byteSource(utf8.encode(text))));

describe("tableForm", () => {
  it.each([
    ["[]", { kind: "lists", rows: 0, head: null }],
    ["[[]]", { kind: "lists", rows: 1, head: null }],
    ["[[1,2]]", { kind: "lists", rows: 1, head: null }],
    ["[{}]", { kind: "objects", rows: 1, head: null }],
    ['[{"a":1},{"a":2}]', { kind: "objects", rows: 2, head: null }],
    ['{"a":[1,2,3],"b":[]}', { kind: "columns", rows: 3, head: null }],
    ['{"a":[1],"b":[1,2]}', { kind: "columns", rows: 2, head: null }],
    ['{"a":[]}', { kind: "columns", rows: 0, head: null }],
  ])("of %s is %j", (text, form) => {
    expect(formOf(text)).toEqual(form);
  });

  it("takes the first of several lists as the head row if it has only strings", () => {
    expect(formOf('[["city","people"],["Oslo",1],["Rome",2]]')).toEqual({ kind: "lists", rows: 2, head: 1 });
    expect(formOf('[["city"],[]]')).toEqual({ kind: "lists", rows: 1, head: 1 });
  });

  it.each(['[["city",1],["Oslo",2]]', '[["city",null],["Oslo",2]]', '[[1,"city"],["a","b"]]', "[[],[1]]"])(
    "finds no head row in %s",
    (text) => {
      expect(formOf(text)).toEqual({ kind: "lists", rows: 2, head: null });
    },
  );

  it("finds no head row where no row would be left", () => {
    expect(formOf('[["city","people"]]')).toEqual({ kind: "lists", rows: 1, head: null });
  });

  it.each(["1", "true", "null", '"a"', "{}", "[1]", "[null]", '["a","b"]', '[{"a":1},2]', '[{"a":1},[2]]', "[[1],{}]"])(
    "is null for %s",
    (text) => {
      expect(formOf(text)).toBeNull();
    },
  );

  it.each(['{"a":1}', '{"a":[1,2],"b":"x"}', '{"b":"x","a":[1,2]}', '{"a":[1],"b":{}}'])("is null for %s", (text) => {
    expect(formOf(text)).toBeNull();
  });

  it("is the same from an index as from the text", () => {
    const cell = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.array(fc.string(), { maxLength: 2 }));
    const row = fc.oneof(
      { weight: 6, arbitrary: fc.array(cell, { maxLength: 3 }) },
      fc.dictionary(fc.string(), cell, { maxKeys: 3 }),
      cell,
    );
    const data = fc.oneof(
      fc.array(row, { maxLength: 4 }),
      fc.array(fc.array(cell, { maxLength: 3 }), { maxLength: 4 }),
      fc.dictionary(fc.string(), row, { maxKeys: 3 }),
    );
    fc.assert(
      fc.property(data, fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const [fromText, fromIndex] = [formOf(text), runToEnd(tableForms.tableForm(indexSource(indexJsonText(text))))];
        expect(fromText?.kind).toBe(fromIndex?.kind);
        expect(fromText?.rows).toBe(fromIndex?.rows);
        expect(fromText?.head === null).toBe(fromIndex?.head === null);
      }),
    );
  });
});

describe("countRows", () => {
  it.each<[string, number | null]>([
    ['[["city","people"],["Oslo",1],["Rome",2]]', 2],
    [' [ {"a" : 1} , {"b" : "]"} ] ', 2],
    ['{"a":[1,2,3],"b":[1]}', 3],
    ["[]", 0],
    ["[1,2,3]", null],
    ['{"a":[1,2],"b":"x"}', null],
    ["12", null],
    ["null", null],
  ])("of %s is %j", (text, rows) => {
    expect(countRows(text)).toBe(rows);
  });

  it("counts the rows of a table in a JSON string, one level deep", () => {
    const table = '\n\t\r [{"a":1},{"a":2}]';
    expect(countRows(JSON.stringify(table))).toBe(2);
    expect(countRows(`  ${JSON.stringify(table)}\n`)).toBe(2);
    expect(countRows(JSON.stringify(JSON.stringify(table)))).toBeNull();
  });

  it.each(["plain text", "[1,", "[{]", "12", "[1]", "{}", "", 'x [{"a":1}]'])(
    "is null for the JSON string %j",
    (text) => {
      expect(countRows(JSON.stringify(text))).toBeNull();
    },
  );

  it("passes over strings, nested values and escapes in cells", () => {
    const rows = [{ a: '"],[{' }, { a: "\\" }, { a: '\\"' }, { a: [[["x"]], { b: ["]"] }] }, { "a]": 1.5e3 }];
    for (const indent of [undefined, 1, "\t\r\n".slice(0, 1)]) {
      expect(countRows(JSON.stringify(rows, null, indent))).toBe(5);
      expect(countRows(JSON.stringify({ a: rows, b: rows.slice(1) }, null, indent))).toBe(5);
    }
  });

  it("ends on a text that is cut off", () => {
    for (const text of ['[{"a":1}', '[{"a":', '[{"a', "[[1,2],[", '{"a":[1,'])
      expect(() => countRows(text)).not.toThrow();
  });
});

describe("containerIn", () => {
  it.each(["[]", "{}", " \t\n\r[1]", '{"a":1} ', '["é😀\\u0000"]'])("gives the JSON in a string: %j", (text) => {
    const found = containerIn(JSON.stringify(text));
    expect(found && new TextDecoder().decode(found)).toBe(text);
  });

  it.each(["", "1", '"[]"', "[", "{]", "[] []", "\u00a0[]", "[1,]"])("is null for a string without: %j", (text) => {
    expect(containerIn(JSON.stringify(text))).toBeNull();
  });

  it("gives long JSON with escapes and characters of every length as it was written", () => {
    const text = `[${'"é 漢 😀 \\" \\u00e9",'.repeat(40_000)}1]`;
    const found = containerIn(JSON.stringify(text));
    expect(found && new TextDecoder().decode(found)).toBe(text);
  });
});

describe("numbers that JSON does not have, in a JSON string", () => {
  it("become strings", () => {
    const python = '[{"ratio": Infinity, "Infinity": "NaN \\" -Infinity"}, {"ratio": -Infinity}, {"ratio": NaN}]';
    const bytes = containerIn(JSON.stringify(python));
    expect(bytes && JSON.parse(new TextDecoder().decode(bytes))).toEqual([
      { ratio: "Infinity", Infinity: 'NaN " -Infinity' },
      { ratio: "-Infinity" },
      { ratio: "NaN" },
    ]);
    expect(countRows(JSON.stringify(python))).toBe(3);
  });

  it("do not make a table of another text", () => {
    for (const text of ["[Infinit]", "[{]NaN", "[NaNNaN]", '["NaN]']) {
      expect(containerIn(JSON.stringify(text)), text).toBeNull();
    }
  });

  it("are found in any value, beside letters of any size", () => {
    const words = fc.constantFrom("Infinity", "-Infinity", "NaN");
    const cell = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom('"', "\\", "Infinity", "NaN"), fc.double());
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, words)), (rows) => {
        const python = `[${rows.map(([text, word]) => `[${JSON.stringify(text)},${word}]`).join()}]`;
        const bytes = containerIn(JSON.stringify(python));
        const expected = JSON.stringify(rows).toWellFormed();
        expect(bytes && JSON.parse(new TextDecoder().decode(bytes))).toEqual(JSON.parse(expected));
      }),
    );
  });
});

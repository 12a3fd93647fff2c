import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTable } from "#formats/table";
import { readSheet, type Sheet, writeSheet } from "./sheet";
import {
  deleteColumn,
  deleteRow,
  insertColumn,
  insertRow,
  pasteBlock,
  renameColumn,
  setCell,
  sizeWithBlock,
  typeCell,
} from "./sheet-edit";

function sheetOf(text: string): Sheet {
  const sheet = readSheet(text);
  if (!sheet) throw new Error(`no table in ${text}`);
  return sheet;
}

const OBJECTS = '[{"id": 9007199254740993, "share": 1.0}, {"share": 2e0, "id": 2}]';
const LISTS = '[["id","name"],\n [1, "caf\\u00e9"], [2, null]]';
const COLUMNS = '{\n  "id": [1, 2],\n  "na\\u006de": ["x"]\n}';

describe("readSheet and writeSheet", () => {
  it("keep the text of a table in every form", () => {
    const others = ['[["a","b"],[1,2]]', '[["a"],[false,null]]', "[[1, 2], [3]]", "[]", "[{}]", '"[[1,2],[3,4]]"'];
    for (const text of [OBJECTS, COLUMNS, ...others]) {
      expect(writeSheet(sheetOf(text))).toBe(text);
    }
  });

  it("keep any table as JSON.stringify writes it, whatever the indentation", () => {
    const cell = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constant(null));
    const name = fc.string({ minLength: 1, unit: fc.constantFrom("a", "b", '"', "\\", "é", "\n") });
    const table = fc.oneof(
      fc.array(fc.dictionary(name, cell, { maxKeys: 4 }), { maxLength: 5 }),
      fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 5 }),
      fc.dictionary(name, fc.array(cell, { maxLength: 4 }), { minKeys: 1, maxKeys: 4 }),
    );
    fc.assert(
      fc.property(table, fc.constantFrom(undefined, 2, "\t"), fc.boolean(), (value, space, isInString) => {
        const json = JSON.stringify(value, null, space);
        const text = isInString ? JSON.stringify(json) : json;
        const sheet = readSheet(text);
        fc.pre(sheet !== null);
        if (sheet) expect(JSON.parse(writeSheet(sheet))).toEqual(JSON.parse(text));
      }),
    );
  });

  it("read nothing else, and nothing beyond 5,000 cells", () => {
    for (const text of ["1", "[1]", '[{"a":1},[2]]', '{"a":1}', "[1,", '"words"', '"[[NaN]]"']) {
      expect(readSheet(text)).toBeNull();
    }
    expect(readSheet(JSON.stringify(Array.from({ length: 1000 }, () => [1, 2, 3, 4, 5])))).not.toBeNull();
    expect(readSheet(JSON.stringify(Array.from({ length: 1001 }, () => [1, 2, 3, 4, 5])))).toBeNull();
  });
});

describe("an edit", () => {
  const edited = (text: string, edit: (sheet: Sheet) => Sheet) => writeSheet(edit(sheetOf(text)));

  it("changes one cell and leaves the text of all others", () => {
    expect(edited(OBJECTS, (sheet) => typeCell(sheet, 0, 1, "1.50"))).toBe(
      '[{"id": 9007199254740993, "share": 1.50}, {"share": 2e0, "id": 2}]',
    );
    expect(edited(LISTS, (sheet) => typeCell(sheet, 1, 1, "x"))).toBe(
      '[["id","name"],\n [1, "caf\\u00e9"],\n [2,"x"]]',
    );
    expect(edited(COLUMNS, (sheet) => typeCell(sheet, 1, 1, "y"))).toBe(
      '{\n  "id": [1, 2],\n  "na\\u006de": ["x", "y"]\n}',
    );
  });

  it("keeps the other columns of a row without a value, and lists the length of the longest", () => {
    const ragged = '[{"a":1},{"b":2}]';
    expect(edited(ragged, (sheet) => typeCell(sheet, 0, 1, "3"))).toBe('[{"a":1,"b":3},{"b":2}]');
    expect(edited(ragged, (sheet) => setCell(sheet, 1, 1, undefined))).toBe('[{"a":1},{}]');
    expect(edited("[[1],[2,3,4]]", (sheet) => typeCell(sheet, 0, 2, "9"))).toBe("[[1,null,9],[2,3,4]]");
  });

  it("adds and deletes rows", () => {
    expect(edited('[{"a":1}]', (sheet) => insertRow(sheet, 1))).toBe('[{"a":1},{"a":null}]');
    expect(edited('{"a":[1,2]}', (sheet) => insertRow(sheet, 0))).toBe('{"a":[null,1,2]}');
    expect(edited('[["a"],[1],[2]]', (sheet) => deleteRow(sheet, 0))).toBe('[["a"],[2]]');
    expect(edited("[\n  [1]\n]", (sheet) => deleteRow(sheet, 0))).toBe("[]");
  });

  it("adds, renames and deletes columns", () => {
    expect(edited('[{"a":1},{}]', (sheet) => insertColumn(sheet, 1))).toBe(
      '[{"a":1,"column 2":null},{"column 2":null}]',
    );
    expect(edited('[["a"],[1]]', (sheet) => insertColumn(sheet, 0))).toBe('[["column 2","a"],[null,1]]');
    expect(edited("[[1,2]]", (sheet) => insertColumn(sheet, 1))).toBe("[[1,null,2]]");
    expect(edited('[["a"],[1,2]]', (sheet) => renameColumn(sheet, 1, "b"))).toBe('[["a","b"],[1,2]]');
    expect(edited('[["a"],[1,2,3]]', (sheet) => renameColumn(sheet, 2, "c"))).toBe('[["a","2","c"],[1,2,3]]');
    expect(edited('[{"a":1},{"b":1.0}]', (sheet) => renameColumn(sheet, 0, "c"))).toBe('[{"c":1},{"b":1.0}]');
    expect(edited('{"a":[1],"b":[2]}', (sheet) => renameColumn(sheet, 1, 'x"'))).toBe('{"a":[1],"x\\"":[2]}');
    expect(edited('[{"a":1,"b":2},{"b":1.0}]', (sheet) => deleteColumn(sheet, 0))).toBe('[{"b":2},{"b":1.0}]');
  });

  it("begins a table in an empty list", () => {
    expect(edited("[]", (sheet) => pasteBlock(sheet, 0, 0, [["1", "x"]]))).toBe('[{"column 1":1,"column 2":"x"}]');
  });

  it("writes a table in a string as a string", () => {
    const text = JSON.stringify('[{"a": "x"}]');
    expect(edited(text, (sheet) => typeCell(sheet, 0, 0, 'y"'))).toBe(JSON.stringify('[{"a": "y\\""}]'));
  });

  it("comes to what an edit of the parsed table comes to", () => {
    const rows = fc.array(fc.array(fc.constantFrom(1, 2.5, "x", null, true), { minLength: 3, maxLength: 3 }), {
      minLength: 1,
      maxLength: 4,
    });
    const at = fc.nat({ max: 2 });
    fc.assert(
      fc.property(rows, at, at, fc.constantFrom("objects", "lists", "columns"), (values, row, column, kind) => {
        fc.pre(row < values.length);
        const names = ["a", "b", "c"];
        const byKind = {
          objects: values.map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index]]))),
          lists: [names, ...values],
          columns: Object.fromEntries(names.map((name, index) => [name, values.map((cells) => cells[index])])),
        };
        const sheet = setCell(sheetOf(JSON.stringify(byKind[kind])), row, column, "[7]");
        const expected = values.map((cells, index) => (index === row ? cells.with(column, "7") : cells));
        const actual = parseTable(writeSheet(sheet))?.rows.map((cells) =>
          cells.map((cell) => (Array.isArray(cell) ? "7" : cell)),
        );
        expect(actual).toEqual(expected);
      }),
    );
  });
});

describe("pasteBlock", () => {
  const block = [
    ["1", "x"],
    ["", "true"],
  ];

  it("fills cells by their kinds, and adds rows and columns", () => {
    const sheet = pasteBlock(sheetOf('[{"n":5,"t":"y"}]'), 0, 0, block);
    expect(writeSheet(sheet)).toBe('[{"n":1,"t":"x"},{"n":null,"t":"true"}]');
    expect(writeSheet(pasteBlock(sheetOf('[{"n":5}]'), 0, 1, block))).toBe(
      '[{"n":5,"column 2":1,"column 3":"x"},{"n":null,"column 2":null,"column 3":true}]',
    );
  });

  it("keeps the text of cells that already hold the same", () => {
    expect(writeSheet(pasteBlock(sheetOf('[{"n":1.0,"t":"\\u0078"}]'), 0, 0, [["1.0", "x"]]))).toBe(
      '[{"n":1.0,"t":"\\u0078"}]',
    );
  });

  it("has a size that is known before", () => {
    expect(sizeWithBlock(sheetOf("[[1,2],[3,4]]"), 1, 1, block)).toBe(9);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_PREVIEW } from "#contract/preview";
import { previewOf } from "./preview";
import { runToEnd } from "./steps";
import { cellText, tableIn, valueAt } from "./table";

const preview = (type: string | null, text: string, rows: number | null = null) =>
  runToEnd(previewOf(type, text, rows));

/** A table as its data says, and with the rows that are stored of it. */
const tablePreview = (text: string) => preview("table", text, tableIn(text)?.rows ?? null);

describe("the preview of", () => {
  it.each([
    ["a text", "markdown", '" # Caf\\u00e9\\n\\nIt works. "', { kind: "text", text: "# Café\n\nIt works." }],
    ["a boolean", null, " true ", { kind: "text", text: "true" }],
    ["a link", "link", '{"url":"https://a.example","text":"A"}', { kind: "link", url: "https://a.example", text: "A" }],
    ["a markdown link", "link", '"[A](https://a.example)"', { kind: "link", url: "https://a.example", text: "A" }],
    [
      "a file",
      "file",
      '{"name":"Größe.pdf","mediaType":"application/pdf","size":3,"sha256":"a"}',
      { kind: "text", text: "Größe.pdf" },
    ],
    [
      "a folder",
      "files",
      '{"files":[{"path":"a \\"b\\".txt","size":1},{"path":"c/d.txt","size":1}]}',
      { kind: "text", text: 'a "b".txt, c/d.txt' },
    ],
    ["an object of the type of a file", "file", '{"a":1}', { kind: "object", items: 1, first: [["a", "1"]] }],
    ["an embedded image", "image", '"data:image/png;base64,AA=="', { kind: "image", embedded: true }],
    ["an image elsewhere", "image", '"https://a.example/a.png"', { kind: "image", embedded: false }],
    ["a list", "result", '[1.0, "b", null, [2], 5]', { kind: "list", items: 5, first: ["1.0", "b", "null", "[2]"] }],
    ["an empty list", null, "[ ]", { kind: "list", items: 0, first: [] }],
    [
      "an object, with its numbers as they are written",
      null,
      '{"a\\n": 12345678901234567890, "b": {"c": [1, 2]}}',
      {
        kind: "object",
        items: 2,
        first: [
          ["a\n", "12345678901234567890"],
          ["b", '{"c": [1, 2]}'],
        ],
      },
    ],
    ["a number", "progress", "42.5", null],
    ["null", null, "null", null],
    ["an empty text", "markdown", '"  "', null],
  ])("%s", (_, type, text, expected) => {
    expect(preview(type, text)).toEqual(expected);
  });

  it.each([
    [
      "objects",
      '[{"a":1,"b":null},{"c":"x"}]',
      ["a", "b", "c"],
      [
        ["1", "", ""],
        ["", "", "x"],
      ],
    ],
    [
      "lists with a head row",
      '[["a","b"],[1,2],[3,4],[5,6],[7,8]]',
      ["a", "b"],
      [
        ["1", "2"],
        ["3", "4"],
        ["5", "6"],
      ],
    ],
    ["lists without one", "[[1,2,3,4,5]]", ["1", "2", "3", "4"], [["1", "2", "3", "4"]]],
    [
      "columns",
      '{"a":[1,2],"b":[true]}',
      ["a", "b"],
      [
        ["1", "true"],
        ["2", ""],
      ],
    ],
    ["a string, with NaN", '"[{\\"a\\": NaN}, {\\"a\\": \\"\\\\u00e9\\"}]"', ["a"], [["NaN"], ["é"]]],
    ["nothing", "[]", [], []],
  ])("a table of %s", (_, text, columns, rows) => {
    expect(tablePreview(text)).toEqual({ kind: "table", columns, rows });
  });

  it("large data is made of its beginning, with all items counted", () => {
    const rows = Array.from({ length: 5000 }, (_, id) => ({ id, note: "x".repeat(50) }));
    expect(preview("result", JSON.stringify(rows))).toMatchObject({ kind: "list", items: 5000 });
    expect(tablePreview(JSON.stringify(rows))).toMatchObject({
      columns: ["id", "note"],
      rows: ["0", "1", "2"].map((id) => [id, "x".repeat(32)]),
    });
    const column = { a: rows.map(({ id }) => id), b: rows.map(({ note }) => note) };
    expect(tablePreview(JSON.stringify(column))).toMatchObject({
      columns: ["a", "b"],
      rows: ["0", "1", "2"].map((id) => [id, "x".repeat(32)]),
    });
    expect(tablePreview(JSON.stringify([{ a: 1, b: "x".repeat(9000), c: 1 }, { a: 2 }]))).toEqual({
      kind: "table",
      columns: ["a", "b"],
      rows: [["1", "x".repeat(32)]],
    });
    expect(preview(null, JSON.stringify({ a: "x".repeat(9000), b: 1 }))).toMatchObject({
      items: 2,
      first: [["a", "x".repeat(32)]],
    });
    expect(preview(null, JSON.stringify(`${"é\n".repeat(2000)}`))).toMatchObject({ text: "é\n".repeat(160) });
  });
});

const cell = fc.oneof(fc.string({ unit: "binary", maxLength: 8 }), fc.integer(), fc.constantFrom(null, true, [1]));
const few = { maxLength: 3 };

it("shows the corner of any small table as the table itself does", () => {
  const name = fc.string({ maxLength: 5 }).filter((name) => !/^\d|__proto__/.test(name));
  const table = fc.oneof(
    fc.array(fc.dictionary(name, cell, { maxKeys: 6 }), few),
    fc.array(fc.array(cell, { maxLength: 6 }), few),
    fc.dictionary(name, fc.array(cell, few), { minKeys: 1, maxKeys: 6 }),
  );
  const json = fc.tuple(table, fc.constantFrom(undefined, 1), fc.boolean());
  fc.assert(
    fc.property(json, ([value, space, inString]) => {
      const text = JSON.stringify(value, null, space);
      const shown = tablePreview(inString ? JSON.stringify(text) : text);
      const whole = tableIn(text);
      if (!whole || shown?.kind !== "table") throw new Error(text);
      const columns = whole.columns.slice(0, 4);
      const cut = (text: string) => text.replaceAll("\0", "").toWellFormed().slice(0, 32);
      const rows = Array.from({ length: whole.rows }, (_, row) =>
        columns.map((_, column) => cut(cellText(whole, valueAt(whole, row, column)))),
      );
      expect(shown).toEqual({ kind: "table", columns: columns.map(cut), rows });
    }),
  );
});

it("has at most 1 KiB of well-formed JSON for any data of any type", () => {
  const type = fc.constantFrom("markdown", "table", "link", "image", "result", null);
  const text = fc.string({ unit: "binary", minLength: 0, maxLength: 3000, size: "max" });
  const data = fc.oneof(text, fc.jsonValue({ stringUnit: "binary" }), fc.array(fc.dictionary(text, text), few));
  fc.assert(
    fc.property(type, data, (type, data) => {
      const json = JSON.stringify(data);
      const shown = JSON.stringify(preview(type, json, type === "table" ? (tableIn(json)?.rows ?? null) : null));
      expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(MAX_PREVIEW);
      const texts: string[] = [];
      JSON.parse(shown, (_, value) => (typeof value === "string" ? texts.push(value) : value));
      expect(texts.filter((each) => each.includes("\0") || !each.isWellFormed())).toEqual([]);
    }),
  );
});

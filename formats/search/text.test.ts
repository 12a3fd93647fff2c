import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "#contract/json";
import { runToEnd } from "../steps";
import { leavesOf } from "./json-leaves";
import { MAX_TEXT, type SearchedFields, searchText, searchTextOfKey } from "./text";

const NONE: SearchedFields = { type: null, description: null, metadata: null, rows: null };

function textOf(data: Json | null, fields: Partial<SearchedFields> = {}) {
  return runToEnd(searchText({ ...NONE, ...fields }, data === null ? null : JSON.stringify(data)));
}

const fieldsOf = (...parameters: Parameters<typeof textOf>) => textOf(...parameters).words.split("\n");

it("has the description and the metadata before the data", () => {
  const fields = { description: "Größe of Oslo", metadata: '{"region": {"code": "EU-1"}, "n": 5}' };
  expect(textOf("# Title", { ...fields, type: "markdown" })).toEqual({
    words: "große of oslo\nregion code eu 1\nn 5\ntitle".normalize("NFKD").replace(/\p{M}/gu, ""),
    names: "große of oslo",
    partial: false,
  });
  expect(textOf(null, fields).words).toBe("große of oslo\nregion code eu 1\nn 5");
});

it("has the values of JSON after the names around them", () => {
  const data = { a: { b: [1.5, { c: "two words" }, null] }, list: [[{ x: true }], [[2]]], "": 7 };
  expect(fieldsOf(data)).toEqual(["a b 1 5", "a b c two words", "list x true", "list 2", "7"]);
  expect(fieldsOf([[{ x: 1 }], [[2]]])).toEqual(["x 1", "2"]);
});

describe("of a table", () => {
  it.each([
    [
      "objects",
      [
        { "Run time": 1, b: "x y" },
        { b: { deep: "z" }, c: null },
      ],
      ["run time", "1", "b", "x y", "deep z", "c"],
    ],
    ["columns", { "Run time": [1, 2], b: ["x"] }, ["run time", "1", "2", "b", "x"]],
  ])("has the columns once, and each cell: %s", (_, data, fields) => {
    expect(fieldsOf(data as Json, { rows: 2 })).toEqual(fields);
    expect(fieldsOf(JSON.stringify(data), { rows: 2 })).toEqual(fields);
    expect(textOf(data as Json, { rows: 2 }).names.split("\n")).toEqual(expect.arrayContaining(["run time", "b"]));
  });

  it("has the first list as columns only where it is the head row", () => {
    expect(
      textOf(
        [
          ["Name", "Age"],
          ["x", 1],
        ],
        { rows: 1 },
      ),
    ).toMatchObject({ words: "name\nage\nx\n1", names: "name\nage" });
    expect(
      textOf(
        [
          ["Name", 5],
          ["x", 1],
        ],
        { rows: 2 },
      ).names,
    ).toBe("");
    expect(textOf([["Name", "Age"]], { rows: 1 }).names).toBe("");
  });
});

it("keeps the words of a sentence with links together, and has the addresses", () => {
  const fields = fieldsOf("See [the report](https://a.example/r) now. `code_here`", { type: "markdown" });
  expect(fields).toEqual(["see the report now code here", "https a example r"]);
});

it("leaves out Base64", () => {
  expect(textOf("data:image/png;base64,AAAA", { type: "image" }).words).toBe("");
  expect(fieldsOf({ image: "data:image/png;base64,AAAA", b: 1 })).toEqual(["b 1"]);
});

it("reports text beyond the limit, in data of any form", () => {
  const words = "word ".repeat(Math.ceil(MAX_TEXT / 5));
  expect(textOf(words.slice(0, -5)).partial).toBe(false);
  for (const data of [`${words} more`, { a: words, b: 1 }, [{ a: words }, { a: "more" }]]) {
    const { words, partial } = textOf(data, { rows: Array.isArray(data) ? 2 : null });
    expect([words.length <= MAX_TEXT, partial]).toEqual([true, true]);
  }
  const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`column ${n}`, [n]]));
  expect(textOf(wide, { rows: 1 })).toMatchObject({ partial: true });
});

it("has parts of words of a key and a title", () => {
  const key = { key: "weather/oslo", title: " The \n Ölpreis ", description: null, links: [] };
  expect(searchTextOfKey(key)).toEqual({
    words: "weather oslo\nthe olpreis",
    names: "weather/oslo\nthe olpreis",
    partial: false,
  });
});

it("reads every name and value of JSON, and of any beginning of it", () => {
  const json = fc.json({ depthSize: "small", maxDepth: 3 }).filter((json) => json.isWellFormed());
  fc.assert(
    fc.property(json, fc.nat(), (json, cut) => {
      const read = (text: string) => Array.from(leavesOf(text)).filter(({ kind }) => kind !== "end" && kind !== "null");
      const expected: [string, string, number][] = [];
      const visit = (value: Json, depth: number) => {
        if (value === null) return;
        if (typeof value !== "object") {
          expected.push([typeof value === "string" ? "string" : "other", String(value), depth]);
        } else if (Array.isArray(value)) for (const each of value) visit(each, depth + 1);
        else
          for (const [name, each] of Object.entries(value)) {
            expected.push(["name", name, depth + 1]);
            visit(each, depth + 1);
          }
      };
      const written = JSON.stringify(JSON.parse(json), (name, value) => (name === "__proto__" ? undefined : value));
      visit(JSON.parse(written), 0);
      const all = read(written);
      expect(
        all.map(({ kind, text, depth }) => [kind, kind === "other" ? String(JSON.parse(text)) : text, depth]),
      ).toEqual(expected);
      const part = read(written.slice(0, cut % (written.length + 1)));
      expect(part.slice(0, -1).map(({ text }) => text)).toEqual(
        all.slice(0, Math.max(0, part.length - 1)).map(({ text }) => text),
      );
    }),
  );
});

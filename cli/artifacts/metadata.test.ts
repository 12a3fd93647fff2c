import { expect, test } from "vitest";
import { parseMetadata } from "./metadata";

test.each([
  [["source=shop"], { source: "shop" }],
  [["empty="], { empty: "" }],
  [["a=b=c"], { a: "b=c" }],
  [["note=two\nlines"], { note: "two\nlines" }],
  [["rows:=2"], { rows: 2 }],
  [["list:=[1, null]"], { list: [1, null] }],
  [['{"a": {"b": 1}, "c=d": 2}'], { a: { b: 1 }, "c=d": 2 }],
  [["a=1", "a:=2", '{"b": 3}'], { a: 2, b: 3 }],
])("parses %j", (args, metadata) => {
  expect(parseMetadata(args)).toEqual(metadata);
});

test("merges into existing metadata, and NAME:= removes a name", () => {
  const base = { a: 1, b: "x" };
  expect(parseMetadata(["a:=", "c=y", "missing:="], base)).toEqual({ b: "x", c: "y" });
  expect(base).toEqual({ a: 1, b: "x" });
});

test.each(["", "name", "=text", ":=1", "a:=nope", "[1]", "null", "{", '"text"'])("rejects %j", (arg) => {
  expect(() => parseMetadata([arg])).toThrow(`Invalid metadata "${arg}": use NAME=TEXT, NAME:=JSON or a JSON object.`);
});

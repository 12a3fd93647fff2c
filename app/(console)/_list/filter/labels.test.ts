import { expect, it } from "vitest";
import type { Condition, FieldName, Operator } from "#contract/list-filter/condition";
import { parseSize, sentenceOf } from "./labels";

const condition = (field: FieldName, operator: Operator, values: string[], path = ""): Condition => ({
  field,
  path,
  operator,
  values,
});

it.each([
  [condition("type", "is", ["table", "parquet"]), "Type is Table or parquet"],
  [condition("state", "not", ["FAILED"]), "Run state is not Failed"],
  [condition("tag", "all", ["eu", "big"]), "Tag has all of eu, big"],
  [condition("runtag", "not", ["eu"]), "Run tag is not eu"],
  [condition("key", "contains", ["sea"]), "Key contains sea"],
  [condition("created", "in", ["7d"]), "Created last 7 days"],
  [condition("created", "in", ["2026-11-01.."]), "Created since 2026-11-01"],
  [condition("rows", "in", ["1000.."]), "Rows ≥ 1,000"],
  [condition("size", "in", ["..1500000"]), "Size ≤ 1.5 MB"],
  [condition("number", "in", ["-0.5..2"]), "Number -0.5 to 2"],
  [condition("metadata", "is", ["a b"], "model.name"), "model.name is a b"],
  [condition("metadata", "missing", [], "owner"), "owner does not exist"],
])("says what %j is", (each, text) => {
  expect(sentenceOf(each)).toBe(text);
});

it.each([
  ["200", 200],
  ["1.5 MB", 1_500_000],
  ["10kb", 10_000],
  ["0", 0],
  ["", null],
  ["-1", null],
  ["1 TB", null],
  ["99999999999 GB", null],
])("reads the size %j", (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});

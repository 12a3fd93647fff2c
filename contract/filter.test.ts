import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { issueOf } from "#test/schema";
import {
  ChoiceCondition,
  CreatedByCondition,
  IdChoice,
  IdCondition,
  KeyCondition,
  LimitCondition,
  MetadataCondition,
  NumberCondition,
  Operator,
  OptionalIdCondition,
  OptionalNumberCondition,
  OptionalTextCondition,
  OptionalTimestampCondition,
  PatternCondition,
  TagsCondition,
  TextCondition,
  TimestampCondition,
  ValueCondition,
} from "./filter";

const ID = "0198c0de-0000-7000-8000-000000000001";
const TIME = "2026-11-23T03:45:00Z";
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

const ALL: [string, z.ZodType, Record<string, unknown>][] = [
  ["IdCondition", IdCondition, { any: [ID] }],
  ["IdChoice", IdChoice, { any: [ID], notAny: [ID] }],
  ["OptionalIdCondition", OptionalIdCondition, { operator: "or", any: [ID], isNull: true }],
  ["TextCondition", TextCondition, { any: ["a"], notAny: ["b"], like: "%", contains: "_", startsWith: "" }],
  [
    "KeyCondition",
    KeyCondition,
    { any: ["a"], notAny: ["b"], like: "%", contains: "_", startsWith: "A", exists: false, folder: "a/b/" },
  ],
  ["PatternCondition", PatternCondition, { like: "a", contains: "b", startsWith: "c" }],
  ["ChoiceCondition", ChoiceCondition, { any: ["a"], notAny: [""] }],
  ["OptionalTextCondition", OptionalTextCondition, { operator: "and", any: ["a"], isNull: false }],
  ["TagsCondition", TagsCondition, { operator: "and", all: ["a"], any: ["b"], notAny: ["c"], isNull: false }],
  ["TimestampCondition", TimestampCondition, { after: TIME, before: TIME }],
  ["OptionalTimestampCondition", OptionalTimestampCondition, { after: TIME, before: TIME, isNull: true }],
  ["NumberCondition", NumberCondition, { any: [1], notAny: [2], min: 0, max: 2 ** 53 - 1 }],
  ["OptionalNumberCondition", OptionalNumberCondition, { any: [1], notAny: [2], min: 0, max: 1, isNull: true }],
  ["ValueCondition", ValueCondition, { any: [-1.5], notAny: [0], min: -1e300, max: 1e300, isNull: true }],
  ["LimitCondition", LimitCondition, { min: 0, max: 2 ** 53 - 1, isNull: true }],
  ["CreatedByCondition", CreatedByCondition, { operator: "or", id: [ID], type: ["user"], isNull: true }],
];

describe.each(ALL)("%s", (_, schema, full) => {
  it("accepts all its fields, each of them null, and none", () => {
    expect(issueOf(schema, full)).toBeNull();
    expect(schema.parse(full)).toEqual(full);
    expect(issueOf(schema, {})).toBeNull();
    for (const field of Object.keys(full)) expect(issueOf(schema, { [field]: null })).toBeNull();
  });

  it("rejects other fields and other types", () => {
    expect(issueOf(schema, { ...full, other: 1 })).toMatch("other: is unknown");
    for (const field of Object.keys(full)) {
      expect(issueOf(schema, { [field]: { wrong: 1 } })).toMatch(new RegExp(`^${field}: must be`));
    }
  });

  it("accepts 1,000 values in its lists", () => {
    for (const [field, value] of Object.entries(full)) {
      if (!Array.isArray(value)) continue;
      expect(issueOf(schema, { [field]: times(1000, value[0]) })).toBeNull();
      expect(issueOf(schema, { [field]: times(1001, value[0]) })).toMatch(new RegExp(`^${field}: must have at most`));
      expect(issueOf(schema, { [field]: [] })).toBeNull();
    }
  });
});

const STORABLE = "must be well-formed Unicode without NUL characters";

describe("text in filters", () => {
  it.each(["like", "contains", "startsWith"])("accepts 255 characters in %s", (field) => {
    for (const schema of [TextCondition, KeyCondition, PatternCondition]) {
      expect(issueOf(schema, { [field]: "%".repeat(255) })).toBeNull();
      expect(issueOf(schema, { [field]: "%".repeat(256) })).toMatch(/must have at most/);
      expect(issueOf(schema, { [field]: "a\0" })).toBe(`${field}: ${STORABLE}`);
      expect(issueOf(schema, { [field]: "\ud800" })).toBe(`${field}: ${STORABLE}`);
    }
  });

  it("accepts any length in lists, but no NUL and no lone surrogate", () => {
    expect(issueOf(ChoiceCondition, { any: ["a".repeat(10_000)] })).toBeNull();
    expect(issueOf(ChoiceCondition, { any: ["a", "\0"] })).toBe(`any[1]: ${STORABLE}`);
    expect(issueOf(TagsCondition, { all: ["\udc00"] })).toBe(`all[0]: ${STORABLE}`);
  });

  it("accepts valid keys alone", () => {
    expect(issueOf(KeyCondition, { any: ["A"] })).toBe(
      "any[0]: must only contain lowercase letters, digits, dashes, dots, underscores and slashes",
    );
  });

  it("has a folder that is empty, or a key and a slash", () => {
    for (const folder of ["", "a/", "a/b.c/"]) expect(issueOf(KeyCondition, { folder })).toBeNull();
    for (const folder of ["/", "a", "a//", "A/", "../"]) {
      expect(issueOf(KeyCondition, { folder })).toBe("folder: must be empty, or a key and a slash");
    }
  });

  it("accepts creators of 1 to 255 characters", () => {
    expect(issueOf(CreatedByCondition, { type: ["a".repeat(255)] })).toBeNull();
    expect(issueOf(CreatedByCondition, { type: ["a".repeat(256)] })).toMatch(/must have at most/);
    expect(issueOf(CreatedByCondition, { type: [""] })).toMatch(/must have at least/);
  });
});

it("numbers are whole and not negative", () => {
  for (const value of [-1, 0.5, 2 ** 53, Number.NaN, "1"]) {
    expect(issueOf(NumberCondition, { min: value })).not.toBeNull();
    expect(issueOf(NumberCondition, { max: value })).not.toBeNull();
    expect(issueOf(NumberCondition, { any: [value] })).not.toBeNull();
    expect(issueOf(LimitCondition, { min: value })).not.toBeNull();
    expect(issueOf(LimitCondition, { max: value })).not.toBeNull();
  }
});

it("the operator is and, or or", () => {
  expect(["and", "or"].map((operator) => issueOf(Operator, operator))).toEqual([null, null]);
  for (const operator of ["AND", "not", "", null]) expect(issueOf(Operator, operator)).not.toBeNull();
});

describe("MetadataCondition", () => {
  it("accepts a name with any JSON to compare with", () => {
    for (const value of [null, 1, "a", [1, { a: null }], { b: [] }]) {
      const condition = { name: "n", exists: true, equals: value, any: [value, value] };
      expect(MetadataCondition.parse(condition)).toEqual(condition);
    }
    expect(issueOf(MetadataCondition, { name: "" })).toBeNull();
    expect(issueOf(MetadataCondition, { name: "n", exists: null, any: null })).toBeNull();
  });

  it("rejects what jsonb cannot hold", () => {
    expect(issueOf(MetadataCondition, { name: "n", equals: "\0" })).toBe("equals: must not contain NUL characters");
    expect(issueOf(MetadataCondition, { name: "n", any: [1, { a: "\ud800" }] })).toBe(
      "any[1]: must be well-formed Unicode, without lone surrogates",
    );
  });

  it("has a name of at most 255 characters, at most 100 values and no other field", () => {
    expect(issueOf(MetadataCondition, {})).toMatch(/^name: /);
    expect(issueOf(MetadataCondition, { name: "n".repeat(255) })).toBeNull();
    expect(issueOf(MetadataCondition, { name: "n".repeat(256) })).toMatch(/^name: must have at most/);
    expect(issueOf(MetadataCondition, { name: "\0" })).toBe(`name: ${STORABLE}`);
    expect(issueOf(MetadataCondition, { name: "n", any: times(100, 1) })).toBeNull();
    expect(issueOf(MetadataCondition, { name: "n", any: times(101, 1) })).toMatch(/^any: must have at most/);
    expect(issueOf(MetadataCondition, { name: "n", like: "a" })).toMatch(/is unknown/);
  });

  it("looks at most ten levels into the member, for a text or a range of numbers too", () => {
    const full = { name: "n", path: ["a", "0"], notAny: [null], contains: "t", min: -1.5, max: 2 };
    expect(MetadataCondition.parse(full)).toEqual(full);
    expect(issueOf(MetadataCondition, { name: "n", path: times(10, "") })).toBeNull();
    expect(issueOf(MetadataCondition, { name: "n", path: times(11, "") })).toMatch(/^path: must have at most/);
    expect(issueOf(MetadataCondition, { name: "n", path: ["a", "\0"] })).toBe(`path[1]: ${STORABLE}`);
    expect(issueOf(MetadataCondition, { name: "n", path: ["a".repeat(256)] })).toMatch(/^path\[0\]: must have at most/);
    expect(issueOf(MetadataCondition, { name: "n", contains: "a".repeat(256) })).toMatch(
      /^contains: must have at most/,
    );
    expect(issueOf(MetadataCondition, { name: "n", notAny: times(101, 1) })).toMatch(/^notAny: must have at most/);
    expect(issueOf(MetadataCondition, { name: "n", min: Number.NaN })).toMatch(/^min: /);
  });
});

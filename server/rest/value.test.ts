import { expect, test } from "vitest";
import type { z } from "zod";
import {
  parseId,
  RestBoolean,
  RestId,
  RestKey,
  RestLabels,
  RestLimit,
  RestMetadata,
  RestName,
  RestOffset,
  RestParameters,
  RestTimestamp,
} from "./value";

/** The value that a schema parses an input into; for an invalid one, the first issue's message and type. */
function parse(schema: z.ZodType, input: unknown): unknown {
  const { data, error } = schema.safeParse(input, { reportInput: true });
  const issue = error?.issues[0];
  if (!issue) return data;
  return [issue.message, "params" in issue ? issue.params?.type : undefined];
}

const ID = "0199b3c8-0a0b-7c0d-8e0f-00000000000a";
const HEX = ID.replaceAll("-", "");

test.each([
  ID,
  ID.toUpperCase(),
  HEX,
  `{${ID}}`,
  `urn:uuid:${ID}`,
  `URN:UUID:{${HEX}}`,
  `${HEX.slice(0, 8)}-${HEX.slice(8)}`,
])("%s is an id", (text) => {
  expect(parseId(text)).toBe(ID);
  expect(parse(RestId, text)).toBe(ID);
});

test.each([
  ["", "invalid length: found 0"],
  [HEX.slice(1), "invalid length: found 31"],
  [`${ID}0`, "invalid length: found 37"],
  ["none", "invalid character: found `n` at 0"],
  [`${HEX.slice(0, 31)}g`, "invalid character: found `g` at 31"],
  [`x${ID}`, "invalid character: found `x` at 0"],
  [`${ID}\n`, "invalid character: found `\n` at 36"],
  [`urn:${ID}`, "invalid character: found `u` at 0"],
])("%j is not an id", (text, reason) => {
  expect(parseId(text)).toBe(null);
  expect(parse(RestId, text)).toEqual([`Input should be a valid UUID, ${reason}`, "uuid_parsing"]);
});

test.each([
  ["2026-01-02", "2026-01-02T00:00:00Z"],
  ["2026-01-02Z", "2026-01-02T00:00:00Z"],
  ["2026-01-02T03:04", "2026-01-02T03:04:00Z"],
  ["2026-01-02t03:04:05z", "2026-01-02T03:04:05Z"],
  ["2026-01-02 03:04:05.678901", "2026-01-02T03:04:05.678901Z"],
  ["2026-01-02 03:04:05,25Z", "2026-01-02T03:04:05.25Z"],
  ["2026-01-02T03:04:05+05:30", "2026-01-02T03:04:05+05:30"],
  ["2026-01-02T03:04:05-0530", "2026-01-02T03:04:05-05:30"],
  ["2026-01-02T03:04:05 +05", "2026-01-02T03:04:05+05:00"],
  ["2026-01-02T03:04:05  Z", "2026-01-02T03:04:05Z"],
  [0, "1970-01-01T00:00:00.000Z"],
  [1767225600, "2026-01-01T00:00:00.000Z"],
  [1767225600.5, "2026-01-01T00:00:00.500Z"],
  ["1767225600", "2026-01-01T00:00:00.000Z"],
  ["1767225600.25", "2026-01-01T00:00:00.250Z"],
  // The first number that means milliseconds.
  [20_000_000_001, "1970-08-20T11:33:20.001Z"],
  [1767225600000, "2026-01-01T00:00:00.000Z"],
])("the timestamp %j means %s", (value, timestamp) => {
  expect(parse(RestTimestamp, value)).toBe(timestamp);
});

test.each([
  "",
  "soon",
  "x2026-01-01",
  "2026-01-01x",
  "2026-01-01T",
  "2026-01-01T1:00",
  "2026-01-01T00:00:00.",
  "2026-01-01T00:00:00+1",
  "2026-13-01",
  "1969-12-31",
  "2201-01-01",
  "1.2.3",
  "1767225600s",
  "t1767225600",
  // The last number that means seconds: the year 2603.
  20_000_000_000,
  -1,
  -0.0001,
  "-1",
  8.64e15,
  1e300,
])("%j is not a timestamp", (value) => {
  const message = "Input should be a valid datetime of the years 1970 to 2200";
  expect(parse(RestTimestamp, value)).toEqual([message, "datetime_from_date_parsing"]);
});

test("booleans may be words and digits in any case", () => {
  for (const word of [true, "true", "T", "Yes", "y", "ON", "1", 1]) expect(parse(RestBoolean, word)).toBe(true);
  for (const word of [false, "false", "F", "No", "n", "OFF", "0", 0]) expect(parse(RestBoolean, word)).toBe(false);
  const unknown = ["Input should be a valid boolean, unable to interpret input", "bool_parsing"];
  for (const word of ["", "maybe", 2, "10", " true"]) expect(parse(RestBoolean, word)).toEqual(unknown);
});

test("integers may be text, and limits have bounds", () => {
  for (const schema of [RestLimit, RestOffset]) {
    expect(parse(schema, "7")).toBe(7);
    expect(parse(schema, "+7")).toBe(7);
    expect(parse(schema, 0)).toBe(0);
    expect(schema.safeParse("-1").success).toBe(false);
    const unable = ["Input should be a valid integer, unable to parse string as an integer", "int_parsing"];
    for (const text of ["", "x", "1.5", "1e3", "7x", "x7", "1".repeat(20)]) {
      const { error } = schema.safeParse(text);
      const issue = error?.issues[0];
      const inner = issue?.code === "invalid_union" ? issue.errors.flat().at(-1) : issue;
      expect([inner?.message, inner && "params" in inner ? inner.params?.type : ""], text).toEqual(unable);
    }
  }
  expect(parse(RestLimit, 200)).toBe(200);
  expect(RestLimit.safeParse(201).success).toBe(false);
  expect(parse(RestOffset, "201")).toBe(201);
});

test("a key is rejected with Prefect's sentence", () => {
  expect(parse(RestKey, "daily-report-2")).toBe("daily-report-2");
  expect(parse(RestKey, "k".repeat(255))).toBe("k".repeat(255));
  const sentence = ["Artifact key must only contain lowercase letters, numbers, and dashes.", undefined];
  for (const key of ["", "Upper", "a b", "é", "a_b", "a/b", "a.b"]) expect(parse(RestKey, key)).toEqual(sentence);
  expect(RestKey.safeParse("k".repeat(256)).error?.issues).toMatchObject([{ code: "too_big", maximum: 255 }]);
});

test("a name contains no character that Prefect reserves", () => {
  expect(parse(RestName, "daily report é")).toBe("daily report é");
  const mismatch = ["String should match pattern '^[^/%&><]+$'", "string_pattern_mismatch"];
  for (const name of ["", "a/b", "100%", "a&b", "a>b", "<a", "a<"]) expect(parse(RestName, name)).toEqual(mismatch);
});

test("dictionaries are objects whose members have one of the types", () => {
  const noDictionary = ["Input should be a valid dictionary", "dict_type"];
  for (const schema of [RestMetadata, RestLabels, RestParameters]) {
    for (const value of [null, [], "x", 1]) expect(parse(schema, value)).toEqual(noDictionary);
    expect(parse(schema, { a: "b" })).toEqual({ a: "b" });
    expect(parse(schema, {})).toEqual({});
  }
  expect(parse(RestMetadata, { a: 1 })).toEqual(["Input should be a valid string", "string_type"]);
  expect(parse(RestLabels, { a: 1, b: true, c: "x" })).toEqual({ a: 1, b: true, c: "x" });
  const noScalar = ["Input should be a valid string, number or boolean", "value_error"];
  for (const value of [null, [], {}]) expect(parse(RestLabels, { a: value })).toEqual(noScalar);
  expect(RestLabels.safeParse({ a: 1, b: null, c: [] }).error?.issues.map(({ path }) => path)).toEqual([["b"], ["c"]]);
  expect(parse(RestParameters, { a: { b: [null] } })).toEqual({ a: { b: [null] } });
});

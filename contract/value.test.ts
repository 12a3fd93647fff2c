import { describe, expect, it } from "vitest";
import { issueOf } from "#test/schema";
import { ById, Id, Key, name, Tags, Timestamp, text } from "./value";

const ID = "0198c0de-0000-7000-8000-000000000001";

describe("text", () => {
  it("accepts as many bytes of UTF-8 as its limit", () => {
    expect(["", "abcd", "éé", "\u{1f600}", "a\n\tb"].map((value) => issueOf(text(4), value))).toEqual([
      ...[null, null, null, null, null],
    ]);
    expect(["abcde", "ééé", "\u{1f600}a"].map((value) => issueOf(text(4), value))).toEqual([
      ...["must be at most 4 bytes", "must be at most 4 bytes", "must be at most 4 bytes"],
    ]);
  });

  it("rejects what PostgreSQL cannot store", () => {
    expect(issueOf(text(4), "\0")).toBe("must not contain NUL characters");
    expect(issueOf(text(4), "\ud800")).toBe("must be well-formed Unicode, without lone surrogates");
    expect(issueOf(text(4), "\0 and too long")).toBe("must not contain NUL characters");
    expect(issueOf(text(4), 1)).toMatch(/must be a string/);
  });
});

describe("name", () => {
  it.each(["a", "abc", "\u{1f600}", " ", "é é"])("accepts %j", (value) => {
    expect(issueOf(name(3), value)).toBeNull();
  });

  it.each([
    ["", /must have at least/],
    ["abcd", /must have at most/],
    ["a\nb", /^must not contain control characters$/],
    ["\u007f", /^must not contain control characters$/],
    ["\u0085", /^must not contain control characters$/],
    ["\0", /^must not contain NUL characters$/],
    [null, /must be a string/],
  ])("rejects %j", (value, message) => {
    expect(issueOf(name(3), value)).toMatch(message);
  });

  it("accepts its limit of characters, whatever their size", () => {
    expect(issueOf(name(255), "€".repeat(255))).toBeNull();
    expect(issueOf(name(255), "€".repeat(256))).toMatch(/must have at most/);
  });
});

describe("Id", () => {
  it("accepts any GUID and converts it to lower case", () => {
    expect(Id.parse(ID.toUpperCase())).toBe(ID);
    expect(Id.parse("ffffffff-ffff-ffff-ffff-ffffffffffff")).toMatch(/^f/);
  });

  it.each(["", "x", ID.replaceAll("-", ""), `${ID}0`, ` ${ID}`, `{${ID}}`])("rejects %j", (value) => {
    expect(issueOf(Id, value)).toMatch(/^must be a UUID$/);
  });
});

describe("Key", () => {
  const PATHS = ["a/b", "a.b", "a_b", "reports/2026/q1.final_v2", "a/.b", "a/..b", "a/...", "a/_", "a..", "-/-"];

  it.each(["a", "0", "-", "daily-report-2", "a".repeat(255), ...PATHS])("accepts %s", (key) => {
    expect(issueOf(Key, key)).toBeNull();
  });

  it.each([
    ["", /must have at least/],
    ["a".repeat(256), /must have at most/],
    ...["A", "a b", "é", "a\n", "\na", "a\\b", "a@1", "a%2fb"].map((key): [string, RegExp] => [
      key,
      /^must only contain lowercase letters, digits, dashes, dots, underscores and slashes$/,
    ]),
    ...["_a", ".a", "/a", "..", "."].map((key): [string, RegExp] => [
      key,
      /^must begin with a lowercase letter, a digit or a dash$/,
    ]),
    ...["a/", "a/b/", "a//"].map((key): [string, RegExp] => [key, /^must not end with a slash$/]),
    ...["a//b", "a/./b", "a/../b", "a/.", "a/..", "a/b/../c"].map((key): [string, RegExp] => [
      key,
      /^must not have an empty name, "\." or "\.\." between slashes$/,
    ]),
  ])("rejects %j", (key, message) => {
    expect(issueOf(Key, key)).toMatch(message);
  });
});

describe("Timestamp", () => {
  it.each([
    "2026-11-23T03:45:00Z",
    "2026-11-23T03:45:00.123456Z",
    "2026-11-23T03:45:00+05:30",
    "2026-11-23T03:45:00-15:59",
    "1970-01-01T00:00:00Z",
    "2200-12-31T23:59:59Z",
  ])("accepts %s", (timestamp) => {
    expect(Timestamp.parse(timestamp)).toBe(timestamp);
  });

  const FORMAT = "must be an RFC 3339 date and time with an offset";
  const YEARS = "must be between the years 1970 and 2200";
  const OFFSET = "must have an offset of less than 16 hours";
  it.each([
    ["", FORMAT],
    ["2026-11-23", FORMAT],
    ["2026-11-23T03:45:00", FORMAT],
    ["2026-13-23T03:45:00Z", FORMAT],
    ["2026-02-30T03:45:00Z", FORMAT],
    ["2026-11-23T25:00:00Z", FORMAT],
    ["1969-12-31T23:59:59Z", YEARS],
    ["2201-01-01T00:00:00Z", YEARS],
    ["2026-11-23T03:45:00+16:00", OFFSET],
    ["2026-11-23T03:45:00-19:30", OFFSET],
    ["2026-11-23T03:45:00+20:00", OFFSET],
    ["2026-11-23T03:45:00-23:59", OFFSET],
  ])("rejects %j", (timestamp, message) => {
    expect(issueOf(Timestamp, timestamp)).toBe(message);
  });

  it("accepts 40 characters", () => {
    const timestamp = (digits: number) => `2026-11-23T03:45:00.${"1".repeat(digits)}Z`;
    expect(issueOf(Timestamp, timestamp(19))).toBeNull();
    expect(issueOf(Timestamp, timestamp(20))).toBe("must have at most 40 characters");
  });
});

describe("Tags", () => {
  it("accepts 50 tags of 255 characters", () => {
    const tags = (count: number, length: number) => Array.from({ length: count }, () => "t".repeat(length));
    expect(issueOf(Tags, tags(50, 255))).toBeNull();
    expect(issueOf(Tags, [])).toBeNull();
    expect(issueOf(Tags, tags(51, 1))).toMatch(/must have at most/);
    expect(issueOf(Tags, tags(1, 256))).toMatch(/^\[0\]: must have at most/);
    expect(issueOf(Tags, [""])).toMatch(/^\[0\]: must have at least/);
  });
});

it("ById has an id and nothing else", () => {
  expect(issueOf(ById, { id: ID })).toBeNull();
  expect(issueOf(ById, {})).toMatch(/^id: /);
  expect(issueOf(ById, { id: ID, key: "a" })).toMatch(/is unknown/);
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ageOf, exact, exactInBothZones, spanBetween } from "./timestamp";

const NOW = Date.parse("2026-11-23T12:00:00Z");

describe("an age", () => {
  it.each([
    ["2026-11-23T12:00:09.000000Z", "", "now"],
    ["2026-11-23T11:59:57.000000Z", " ago", "just now"],
    ["2026-11-23T11:59:55.000000Z", " ago", "5 s ago"],
    ["2026-11-23T11:59:18.123456Z", "", "41 s"],
    ["2026-11-23T11:59:00.000000Z", "", "1 min"],
    ["2026-11-23T11:55:00.000000Z", " ago", "5 min ago"],
    ["2026-11-23T11:00:00.000000Z", "", "1 h"],
    ["2026-11-23T09:00:00.000000Z", "", "3 h"],
    ["2026-11-22T12:00:00.000000Z", "", "1 d"],
    ["2026-11-11T12:00:00.000000Z", "", "12 d"],
    ["2026-10-24T12:00:00.000000Z", "", "30 d"],
    ["2026-10-24T11:59:59.000000Z", "", "24 Oct"],
    ["2026-03-05T12:00:00.000000Z", " ago", "5 Mar"],
    ["2024-03-05T12:00:00.000000Z", "", "Mar 2024"],
  ])("of %s with the suffix %j is %s", (timestamp, suffix, age) => {
    expect(ageOf(timestamp, NOW, suffix)).toBe(age);
  });
});

describe("an exact time", () => {
  const zone = process.env.TZ;
  beforeEach(() => {
    process.env.TZ = "Asia/Tokyo";
  });
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it("is in the given time zone", () => {
    expect(exact("2026-11-23T03:45:00.123456Z", "UTC")).toMatch(/^23 Nov 2026,? 03:45:00 UTC$/);
  });

  it("is in the local time zone by default", () => {
    expect(exact("2026-11-23T03:45:00.123456Z")).toMatch(/^23 Nov 2026,? 12:45:00 GMT\+9$/);
  });

  it("is repeated in UTC on a second line where that differs", () => {
    expect(exactInBothZones("2026-11-23T20:45:00Z").split("\n")).toEqual([
      expect.stringMatching(/^24 Nov 2026,? 05:45:00 GMT\+9$/),
      expect.stringMatching(/^23 Nov 2026,? 20:45:00 UTC$/),
    ]);
  });

  it("is given once where the local time zone is UTC", () => {
    process.env.TZ = "UTC";
    expect(exactInBothZones("2026-11-23T20:45:00Z")).toMatch(/^23 Nov 2026,? 20:45:00 UTC$/);
  });
});

it.each([
  ["2026-11-01T00:00:00Z", "2026-11-01T00:00:00.9Z", "less than a second"],
  ["2026-11-01T00:00:00Z", "2026-11-01T00:00:01Z", "1 second"],
  ["2026-11-01T00:02:10Z", "2026-11-01T00:00:00Z", "2 minutes"],
  ["2026-11-01T00:00:00Z", "2026-11-01T23:59:59Z", "23 hours"],
  ["2026-10-01T00:00:00Z", "2026-10-31T00:00:00Z", "1 month"],
  ["2024-10-01T00:00:00Z", "2026-10-31T00:00:00Z", "2 years"],
])("between %s and %s are %s", (one, other, span) => {
  expect(spanBetween(one, other)).toBe(span);
});

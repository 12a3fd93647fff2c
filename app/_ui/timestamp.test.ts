import { expect, it } from "vitest";
import { ageOf, exact } from "./timestamp";

const now = Date.parse("2026-11-23T12:00:00Z");

it.each([
  ["2026-11-23T12:00:09.000000Z", "", "now"],
  ["2026-11-23T11:59:57.000000Z", " ago", "just now"],
  ["2026-11-23T11:59:18.123456Z", "", "41 s"],
  ["2026-11-23T11:55:00.000000Z", " ago", "5 min ago"],
  ["2026-11-23T09:00:00.000000Z", "", "3 h"],
  ["2026-11-11T12:00:00.000000Z", "", "12 d"],
  ["2026-03-05T12:00:00.000000Z", " ago", "5 Mar"],
  ["2024-03-05T12:00:00.000000Z", "", "Mar 2024"],
])("%s was %s%s", (instant, suffix, age) => {
  expect(ageOf(instant, now, suffix)).toBe(age);
});

it("tells the exact time in the zone that is named", () => {
  expect(exact("2026-11-23T03:45:00.123456Z", "UTC")).toMatch(/^23 Nov 2026,? 03:45:00 UTC$/);
});

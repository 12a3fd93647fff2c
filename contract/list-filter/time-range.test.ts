import { describe, expect, it } from "vitest";
import { ArtifactPage } from "../artifact";
import { isTimeText, parseRange, SPANS, timeCondition, timeLabel } from "./time-range";

const NOW = Date.parse("2026-11-25T17:45:30.500Z");

describe.each([
  ["1h", { after: "2026-11-25T16:45:00.000Z" }, "last hour"],
  ["24h", { after: "2026-11-24T17:00:00.000Z" }, "last 24 hours"],
  ["7d", { after: "2026-11-18T00:00:00.000Z" }, "last 7 days"],
  ["30d", { after: "2026-10-26T00:00:00.000Z" }, "last 30 days"],
  ["2026-11-01..", { after: "2026-11-01T00:00:00Z" }, "since 2026-11-01"],
  ["..2026-11-05", { before: "2026-11-05T23:59:59.999999Z" }, "until 2026-11-05"],
  [
    "2026-11-01..2026-11-05",
    { after: "2026-11-01T00:00:00Z", before: "2026-11-05T23:59:59.999999Z" },
    "2026-11-01 to 2026-11-05",
  ],
])("the parameter %s", (text, condition, label) => {
  it("is accepted as it is", () => {
    expect(isTimeText(text)).toBe(true);
  });

  it("becomes a condition that the API accepts", () => {
    expect(timeCondition(text, NOW)).toEqual(condition);
    expect(ArtifactPage.safeParse({ where: { artifacts: { created: condition } } }).success).toBe(true);
  });

  it("has a label", () => {
    expect(timeLabel(text)).toBe(label);
  });
});

it.each(["", "..", "8d", "toString", "2026-02-30..", "2026-13-01..", "1969-01-01..", "..2201-01-01", "2026-1-1.."])(
  "rejects %j",
  (text) => {
    expect(isTimeText(text)).toBe(false);
  },
);

it("accepts 29 February in leap years only", () => {
  expect(parseRange("2024-02-29..")).toEqual({ from: "2024-02-29", to: "" });
  expect(parseRange("2026-02-29..")).toBeNull();
});

it.each(Object.entries(SPANS))("keeps the condition of %s equal within one step", (text, { step }) => {
  const start = Math.ceil(NOW / step) * step;
  const condition = timeCondition(text, start);
  expect(timeCondition(text, start + step - 1)).toEqual(condition);
  expect(timeCondition(text, start + step)).not.toEqual(condition);
});

import { expect, it } from "vitest";
import { expiryIn, expiryText } from "./expiry";

const at = "2026-11-29T12:00:00.000000Z";

it.each([
  ["2026-11-29T12:00:00Z", "Expired"],
  ["2026-11-29T11:59:59.999Z", "within an hour"],
  ["2026-11-29T11:00:00Z", "within an hour"],
  ["2026-11-29T10:59:59Z", "in 2 hours"],
  ["2026-11-28T12:00:00Z", "in 24 hours"],
  ["2026-11-28T11:59:59Z", "in 2 days"],
  ["2026-08-31T12:00:01Z", "in 90 days"],
])("says at %s: %s", (now, text) => {
  expect(expiryText(at, Date.parse(now))).toBe(text);
});

it("begins a lifetime now", () => {
  expect(expiryIn(null)).toBeNull();
  expect(Math.round((Date.parse(expiryIn(30) ?? "") - Date.now()) / 86_400_000)).toBe(30);
});

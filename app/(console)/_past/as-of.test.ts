import fc from "fast-check";
import { expect, it } from "vitest";
import { AsOf } from "#contract/value";
import { asOfText, localValue, pastAddress, timestampOf } from "./as-of";

it.each([
  ["2026-11-01T09:00Z", "2026-11-01T09:00:00Z"],
  ["2026-11-01T09:00:30Z", "2026-11-01T09:00:30Z"],
  ["2026-11-01T09:00:30.123456Z", "2026-11-01T09:00:30.123456Z"],
])("reads %s as a timestamp that the API accepts", (text, timestamp) => {
  expect(asOfText(text)).toBe(timestamp);
  expect(AsOf.safeParse(timestamp).success).toBe(true);
});

it.each([
  "",
  "now",
  "2026-11-01",
  "2026-13-01T09:00Z",
  "1969-01-01T00:00Z",
  "2026-11-01T09:00+01:00",
  undefined,
  ["a"],
])("reads %j as none", (text) => {
  expect(asOfText(text)).toBeNull();
});

it("reads back what a field shows, to the minute", () => {
  const minutes = fc.integer({ min: 0, max: 100_000_000 });
  fc.assert(
    fc.property(minutes, (minute) => {
      const timestamp = new Date(minute * 60_000).toISOString();
      expect(timestampOf(localValue(timestamp))).toBe(timestamp);
    }),
  );
  expect(timestampOf("")).toBeNull();
});

it.each([
  ["/artifacts", "/artifacts?asOf=2026-11-01T09%3A00%3A00Z"],
  ["/artifacts?q=a+b", "/artifacts?q=a+b&asOf=2026-11-01T09%3A00%3A00Z"],
  ["/artifacts/key/a/b?version=2", "/artifacts/key/a/b?version=2&asOf=2026-11-01T09%3A00%3A00Z"],
  ["/runs/flow/1", "/runs/flow/1?asOf=2026-11-01T09%3A00%3A00Z"],
  ["/runs?asOf=2026-10-01T00%3A00%3A00Z", "/runs?asOf=2026-10-01T00%3A00%3A00Z"],
  ["/artifacts/key/a?tab=edit", "/artifacts/key/a?tab=edit"],
  ["/artifacts/unread", "/artifacts/unread"],
  ["/trash", "/trash"],
  ["/settings/keys", "/settings/keys"],
])("keeps the past of %s", (href, past) => {
  expect(pastAddress(href, "2026-11-01T09:00:00Z")).toBe(past);
});

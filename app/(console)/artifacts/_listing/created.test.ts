import { expect, it } from "vitest";
import { ArtifactPage } from "#contract/artifact";
import { createdCondition, createdWords, parseAsCreated } from "./created";

const NOW = Date.parse("2026-11-25T17:45:30.500Z");

it.each([
  ["1h", { after: "2026-11-25T16:45:00.000Z" }, "last hour"],
  ["24h", { after: "2026-11-24T17:00:00.000Z" }, "last 24 hours"],
  ["7d", { after: "2026-11-18T00:00:00.000Z" }, "last 7 days"],
  ["2026-11-01..", { after: "2026-11-01T00:00:00Z" }, "since 2026-11-01"],
  ["..2026-11-05", { before: "2026-11-05T23:59:59.999999Z" }, "until 2026-11-05"],
  [
    "2026-11-01..2026-11-05",
    { after: "2026-11-01T00:00:00Z", before: "2026-11-05T23:59:59.999999Z" },
    "2026-11-01 to 2026-11-05",
  ],
])("%s asks for %j", (text, created, words) => {
  expect(parseAsCreated.parse(text)).toBe(text);
  expect(createdCondition(text, NOW)).toEqual(created);
  expect(createdWords(text)).toBe(words);
  expect(ArtifactPage.safeParse({ where: { artifacts: { created } } }).success).toBe(true);
});

it.each(["", "..", "8d", "toString", "2026-02-30..", "2026-13-01..", "1969-01-01..", "..2201-01-01", "2026-1-1.."])(
  "%j says nothing",
  (text) => {
    expect(parseAsCreated.parse(text)).toBeNull();
  },
);

import { expect, it } from "vitest";
import type { Json } from "#contract/json";
import { jsonOfRows } from "./report-rows";
import { isSarif, readSarif } from "./sarif";

const LOG: Json = {
  version: "2.1.0",
  runs: [
    {
      tool: {
        driver: {
          name: "ESLint",
          version: "9.1",
          rules: [
            {
              id: "no-eval",
              defaultConfiguration: { level: "error" },
              messageStrings: { bad: { text: "{0} is eval, {1}" } },
            },
            { id: "semi" },
          ],
        },
      },
      results: [
        {
          ruleId: "no-eval",
          ruleIndex: 0,
          message: { id: "bad", arguments: ["It"] },
          locations: [{ physicalLocation: { artifactLocation: { uri: "src/a.js" }, region: { startLine: 3 } } }],
        },
        {
          ruleId: "semi",
          message: { text: "Missing semicolon." },
          level: "note",
          suppressions: [{ kind: "inSource" }],
        },
        { rule: { index: 1 }, message: { text: "Again." } },
        { ruleId: "semi", kind: "pass", message: { text: "Fine." } },
      ],
    },
  ],
};

it("reads the results of a log with what their rules say", () => {
  expect(isSarif(LOG)).toBe(true);
  expect(readSarif(LOG)).toEqual({
    tools: ["ESLint 9.1"],
    findings: [
      { level: "error", rule: "no-eval", message: "It is eval, {1}", file: "src/a.js", line: 3, isSuppressed: false },
      { level: "note", rule: "semi", message: "Missing semicolon.", file: "", line: null, isSuppressed: true },
      { level: "warning", rule: "semi", message: "Again.", file: "", line: null, isSuppressed: false },
      { level: "none", rule: "semi", message: "Fine.", file: "", line: null, isSuppressed: false },
    ],
    total: 4,
    counts: { error: 1, warning: 1, note: 0, none: 1 },
  });
});

it.each([
  [null],
  [[]],
  [{ version: "2.1.0" }],
  [{ version: "2.1.0", runs: [{}] }],
  [{ version: 2, runs: [{ tool: { driver: { name: "a" } } }] }],
])("does not take other data for a log: %j", (data) => {
  expect(isSarif(data)).toBe(false);
  expect(readSarif(data).findings).toEqual([]);
});

it("leaves out what is wrong in a log", () => {
  const run = {
    tool: { driver: { name: "a", rules: "none" } },
    results: [1, null, { ruleIndex: 7, message: 5, locations: [null] }],
  };
  expect(readSarif({ version: "2.1.0", runs: [null, run] })).toEqual({
    tools: ["a"],
    findings: [{ level: "warning", rule: "", message: "", file: "", line: null, isSuppressed: false }],
    total: 1,
    counts: { error: 0, warning: 1, note: 0, none: 0 },
  });
});

it("bounds what the results of a log repeat, and the time to find their rules", () => {
  const long = "x".repeat(100_000);
  const rules = Array.from({ length: 20_000 }, (_, at) => ({
    id: `rule${at}`,
    messageStrings: { a: { text: `{0}{0}${long}` } },
  }));
  const results = Array.from({ length: 20_000 }, () => ({
    ruleId: "rule19999",
    message: { id: "a", arguments: [long] },
  }));
  const start = performance.now();
  const log = { version: "2.1.0", runs: [{ tool: { driver: { name: "a", rules } }, results }] };
  const { findings, total, counts } = readSarif(log);
  expect(performance.now() - start).toBeLessThan(5_000);
  expect({ total, rows: findings.length, warnings: counts.warning }).toEqual({
    total: 20_000,
    rows: 10_000,
    warnings: 20_000,
  });
  expect(findings[0]?.message).toBe(`${"x".repeat(2_000)}…`);
  const { text, left } = jsonOfRows(findings, total);
  expect(text.length).toBeLessThan(4_100_000);
  expect(left).toMatch(/^The table has the first [\d,]+ of 20,000 rows\.$/);
});

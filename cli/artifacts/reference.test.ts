import { expect, test } from "vitest";
import { parseKey, parseReference } from "./reference";

const ID = "0199B3C8-0000-7000-8000-000000000001";

test.each([
  ["daily-report", { key: "daily-report" }],
  ["daily-report@latest", { key: "daily-report" }],
  ["daily-report@3", { key: "daily-report", version: 3 }],
  ["daily-report@production", { key: "daily-report", label: "production" }],
  ["a@x-2", { key: "a", label: "x-2" }],
  ["reports/2026/q1.final_v2@3", { key: "reports/2026/q1.final_v2", version: 3 }],
  ["a/b@production", { key: "a/b", label: "production" }],
  ["7@12", { key: "7", version: 12 }],
  [ID, { id: ID }],
])("parses %s", (arg, reference) => {
  expect(parseReference(arg)).toEqual(reference);
});

test.each([
  "",
  "@",
  "@3",
  "a@",
  "a@0",
  "a@-1",
  "a@1.5",
  "a@X",
  "a@-x",
  "a@1@2",
  "A",
  "a b",
  "a/",
  "/a",
  "a/../b",
  "a".repeat(256),
  "a@1234567890123456",
])("rejects %j", (arg) => {
  expect(() => parseReference(arg)).toThrow(`Invalid version "${arg}"`);
});

test("parseKey accepts keys only", () => {
  expect(parseKey("a-1")).toBe("a-1");
  for (const arg of ["", "a@1", "A", "ä"]) expect(() => parseKey(arg)).toThrow(`Invalid key "${arg}"`);
});

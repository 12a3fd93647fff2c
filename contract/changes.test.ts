import { expect, it } from "vitest";
import { issueOf } from "#test/schema";
import { ChangedKind, ChangeMessage, ChangesWatch } from "./changes";

it("watches all keys, or 1 to 100 of them", () => {
  const keys = (length: number) => Array.from({ length }, (_, at) => `k${at}`);
  expect(ChangesWatch.parse(undefined)).toEqual({});
  expect(ChangesWatch.parse({ keys: keys(100) }).keys).toHaveLength(100);
  expect(issueOf(ChangesWatch, { keys: [] })).toMatch(/^keys: must have at least/);
  expect(issueOf(ChangesWatch, { keys: keys(101) })).toMatch(/^keys: must have at most/);
  expect(issueOf(ChangesWatch, { keys: ["A"] })).toMatch(/^keys\[0\]: must only contain/);
  expect(issueOf(ChangesWatch, { kinds: [] })).toMatch(/is unknown/);
});

it("reads messages, also those with fields of a later version", () => {
  const kinds = ["artifact", "trash", "pin", "flow", "deployment", "flowRun", "taskRun"];
  expect(ChangedKind.options).toEqual(kinds);
  expect(ChangeMessage.parse({ type: "resync", later: 1 })).toEqual({ type: "resync" });
  expect(ChangeMessage.parse({ type: "changed", kinds, keys: ["a"] })).toEqual({ type: "changed", kinds, keys: ["a"] });
  for (const message of [{}, { type: "other" }, { type: "changed", kinds }, { type: "changed", keys: [] }]) {
    expect(issueOf(ChangeMessage, message)).not.toBeNull();
  }
  expect(issueOf(ChangeMessage, { type: "changed", kinds: ["other"], keys: [] })).toMatch(/^kinds\[0\]: /);
});

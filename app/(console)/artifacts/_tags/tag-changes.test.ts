import { expect, it } from "vitest";
import { inverseChanges, tagCounts, typedTags } from "./tag-changes";

it("brings back former tags by as few changes as there are kinds of them", () => {
  const changed = [
    { which: "one", tags: ["a", "c"], previous: ["a", "b"] },
    { which: "two", tags: ["c"], previous: [] },
    { which: "three", tags: ["c", "d"], previous: ["b", "d"] },
  ];
  expect(inverseChanges(changed)).toEqual([
    { add: ["b"], remove: ["c"], of: ["one", "three"] },
    { add: [], remove: ["c"], of: ["two"] },
  ]);
});

it("counts the rows that have each tag", () => {
  const rows = [{ tags: ["b", "a"] }, { tags: ["b"] }, { tags: [] }];
  expect(tagCounts(rows)).toEqual([
    ["a", 1],
    ["b", 2],
  ]);
});

it("adds typed tags, each once, without spaces around them", () => {
  expect(typedTags({ tags: ["a", "b"], text: " b, c d ,,e" })).toEqual(["a", "b", "c d", "e"]);
  expect(typedTags({ tags: ["a"], text: " , " })).toEqual(["a"]);
  expect(typedTags({ tags: [], text: "x".repeat(70) })).toEqual(["x".repeat(64)]);
  expect(typedTags({ tags: Array.from({ length: 50 }, (_, n) => `${n}`), text: "more" })).toHaveLength(50);
});

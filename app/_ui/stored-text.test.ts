import { expect, it } from "vitest";
import { parseList, storedList } from "./stored-text";

const isText = (value: unknown) => typeof value === "string";

it("reads the items of a stored list, and leaves out others", () => {
  expect(parseList('["type:table", 1, null, "rain"]', isText)).toEqual(["type:table", "rain"]);
});

it.each([null, "", "{", '{"a":1}', "1", '"text"'])("reads no items from %j", (text) => {
  expect(parseList(text, isText)).toEqual([]);
});

it("has no items, and always the same list, where there is no storage", () => {
  const list = storedList("a", isText);
  expect(list.read()).toEqual([]);
  expect(list.read()).toBe(list.read());
});

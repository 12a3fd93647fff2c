import { expect, it } from "vitest";
import { parseQueries, withQuery } from "./recent-queries";

it("has the last query first, once, and at most eight", () => {
  expect(withQuery(["a", "b", "c"], " b ")).toEqual(["b", "a", "c"]);
  expect(withQuery([..."12345678"], "9")).toEqual([..."91234567"]);
  expect(withQuery(["a"], " ")).toEqual(["a"]);
});

it("reads what is stored, whatever it is", () => {
  expect(parseQueries('["type:table", 1, null, "rain"]')).toEqual(["type:table", "rain"]);
  for (const text of [null, "", "{", '{"a":1}', "1"]) expect(parseQueries(text)).toEqual([]);
});

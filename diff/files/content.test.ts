import { expect, it } from "vitest";
import { tableIn } from "#formats/table";
import { jsonOfBoth, type ReadContent } from "./content";

function read(json: string, more: Partial<Extract<ReadContent, { rows: number }>> = {}): ReadContent {
  const table = tableIn(json);
  if (!table) throw new Error("This is no table.");
  return { table, rows: table.rows, of: table.rows, notes: [], ...more };
}

it("writes the tables of two files as JSON, with all columns in each row", () => {
  const { texts, notes } = jsonOfBoth(read('[{"a":1.0},{"b":"x"}]'), read('{"a":[]}'));
  expect(texts).toEqual(['[{"a":1.0,"b":null},\n{"a":null,"b":"x"}]', '{"a":[]}']);
  expect(notes).toEqual([]);
});

it("keeps columns of the same name apart", () => {
  expect(jsonOfBoth(read('[["a","a"],[1,2]]'), { text: "1" }).texts[0]).toBe('[{"a":1,"a (2)":2}]');
  const named = jsonOfBoth(read('[["a","a","a (2)","a"],[1,2,3,4]]'), { text: "1" });
  expect(named.texts[0]).toBe('[{"a":1,"a (3)":2,"a (2)":3,"a (4)":4}]');
});

it("compares as many rows of both files as are read of each, and says so", () => {
  const { texts, notes } = jsonOfBoth(read("[[1],[2],[3]]", { rows: 2 }), read("[[1],[2],[3]]", { notes: ["Cut."] }));
  expect(texts[0]).toBe(texts[1]);
  expect(notes).toEqual(["Cut.", "Only the first 2 rows of each file are compared."]);
});

it.each(['[["a"],[1]]', '{"a":[]}'])("compares all of a file with what is read of a longer one: %s", (whole) => {
  const { texts, notes } = jsonOfBoth(read(whole), read('[["a"],[1],[2],[3]]', { rows: 2 }));
  expect(texts).toEqual([jsonOfBoth(read(whole), { text: "1" }).texts[0], '[{"a":1},\n{"a":2}]']);
  expect(notes).toEqual(["Only the first 2 rows of each file are compared."]);
});

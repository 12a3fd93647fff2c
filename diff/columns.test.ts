import { expect, it } from "vitest";
import { matchColumns } from "./columns";

const generated = (from: string, to: string) =>
  matchColumns({ columns: [...from], rows: [] }, { columns: [...to], rows: [] })
    .map((column) => `${column.name}${column.from ?? "-"}${column.to ?? "-"}`)
    .join(" ");

it.each([
  ["", "", ""],
  ["ab", "ab", "a00 b11"],
  ["ab", "ba", "b10 a01"],
  ["a", "ab", "a00 b-1"],
  ["abc", "ac", "a00 b1- c21"],
  ["abc", "bc", "a0- b10 c21"],
  ["abc", "ab", "a00 b11 c2-"],
  ["abcd", "ad", "a00 b1- c2- d31"],
  ["ab", "", "a0- b1-"],
  ["ab", "xy", "a0- b1- x-0 y-1"],
  ["aa", "aaa", "a00 a11 a-2"],
  ["aab", "ab", "a00 a1- b21"],
])("matches the columns %j and %j as %s", (from, to, columns) => {
  expect(generated(from, to)).toBe(columns);
});

import { expect, it } from "vitest";
import { settled } from "./stable-rows";

/** Rows from words: `a1` is key a at its state 1. */
const rows = (words: string) =>
  words
    .split(" ")
    .filter(Boolean)
    .map((word) => ({ key: word.slice(0, 1), id: word, updated: "" }));

it.each<[what: string, read: string, fresh: string, more: boolean, shown: string, news: number]>([
  ["nothing new changes nothing", "a1 b1", "a1 b1", false, "a1 b1", 0],
  ["a new key is counted and moves nothing", "a1 b1", "c1 a1 b1", false, "a1 b1", 1],
  [
    "a new version takes the place of the old and is counted where it should stand elsewhere",
    "a1 b1",
    "b2 a1",
    false,
    "a1 b2",
    1,
  ],
  ["a new version that stands in its place is no news", "a1 b1", "a1 b2", false, "a1 b2", 0],
  ["what went is left out", "a1 b1 c1", "a1 c1", true, "a1 c1", 0],
  ["what was pushed off the page stays", "a1 b1 c1", "x1 y1 a1", true, "a1 b1 c1", 2],
  ["what is missing at the end of all is gone", "a1 b1 c1", "x1 a1", false, "a1", 1],
  ["a whole page of new rows leaves what is read", "a1 b1", "x1 y1", true, "a1 b1", 2],
  ["a row that fills the end is there at once", "a1 b1", "a1 c1", false, "a1 c1", 0],
])("%s", (_, read, fresh, more, shown, news) => {
  const answer = settled(rows(read), rows(fresh), more, (row) => row.key);
  expect(answer.rows.map(({ id }) => id).join(" ")).toBe(shown);
  expect(answer.news).toBe(news);
});

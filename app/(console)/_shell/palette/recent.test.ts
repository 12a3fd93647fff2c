import { expect, it } from "vitest";
import { isRecentPage, type RecentPage, withRecent } from "./recent";

const page = (name: string): RecentPage => ({ kind: "key", label: name, href: `/artifacts/key/${name}` });

it("puts a visit first", () => {
  expect(withRecent([page("a")], page("b"))).toEqual([page("b"), page("a")]);
});

it("moves a repeated visit to the front", () => {
  expect(withRecent([page("a"), page("b"), page("c")], page("b"))).toEqual([page("b"), page("a"), page("c")]);
});

it("forgets the oldest of more than six pages", () => {
  const pages = ["a", "b", "c", "d", "e", "f"].map(page);
  expect(withRecent(pages, page("g")).map(({ label }) => label)).toEqual(["g", "a", "b", "c", "d", "e"]);
});

it("keeps valid pages and leaves out others", () => {
  const stored = [
    page("a"),
    { ...page("b"), kind: "flow" },
    { kind: "run", label: "c" },
    { ...page("d"), label: 1 },
    null,
  ];
  expect(stored.filter(isRecentPage)).toEqual([page("a")]);
});

import { expect, it } from "vitest";
import { parseViews, savedViews, withView } from "./saved-views";

const view = (name: string, href = "/artifacts") => ({ name, href });

it("adds a view in the order of names", () => {
  const names = withView([view("b"), view("d")], view("c")).map(({ name }) => name);
  expect(names).toEqual(["b", "c", "d"]);
});

it("replaces the view of the same name", () => {
  expect(withView([view("a", "/artifacts?key=old")], view("a", "/artifacts?key=new"))).toEqual([
    view("a", "/artifacts?key=new"),
  ]);
});

it("does not change the list that it is given", () => {
  const views = [view("b")];
  withView(views, view("a"));
  expect(views).toEqual([view("b")]);
});

it("keeps at most 50 views", () => {
  const views = Array.from({ length: 50 }, (_, index) => view(`n${index}`));
  expect(withView(views, view("a"))).toHaveLength(50);
});

it.each([
  ["nothing stored", null],
  ["text that is not JSON", "{"],
  ["JSON that is not a list", '{"name":"a"}'],
])("parses no views from %s", (_, text) => {
  expect(parseViews(text)).toEqual([]);
});

it("parses valid views and leaves out others", () => {
  const stored = [
    view("a"),
    { name: "b" },
    { name: 1, href: "/artifacts" },
    null,
    "text",
    view("c", "/artifacts?key=x"),
  ];
  expect(parseViews(JSON.stringify(stored))).toEqual([view("a"), view("c", "/artifacts?key=x")]);
});

it("leaves out views that lead elsewhere", () => {
  const stored = [view("script", "javascript:alert(1)"), view("other", "https://example.org"), view("runs", "/runs")];
  expect(parseViews(JSON.stringify(stored))).toEqual([]);
});

it("has no views, and always the same list, where there is no storage", () => {
  expect(savedViews()).toEqual([]);
  expect(savedViews()).toBe(savedViews());
});

import { expect, it } from "vitest";
import { ViewName } from "#contract/view";
import { browserViews, freeName, parseViews } from "./browser-views";

const view = (name: string, href = "/artifacts") => ({ name, href });

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
  expect(browserViews()).toEqual([]);
  expect(browserViews()).toBe(browserViews());
});

it.each([
  ["Weather", [], "Weather"],
  ["Weather", ["Weather"], "Weather (2)"],
  [" Weather ", ["Weather", "Weather (2)"], "Weather (3)"],
  ["  ", [], "View"],
  ["x".repeat(60), ["x".repeat(60)], `${"x".repeat(56)} (2)`],
])("names %j beside %j", (name, used, expected) => {
  expect(freeName(name, new Set(used))).toBe(expected);
  expect(ViewName.safeParse(expected).success).toBe(true);
});

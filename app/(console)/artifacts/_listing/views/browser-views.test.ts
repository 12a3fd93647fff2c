import { expect, it } from "vitest";
import { ViewName } from "#contract/view";
import { freeName, isView } from "./browser-views";

const view = (name: string, href = "/artifacts") => ({ name, href });

it("keeps valid views and leaves out others", () => {
  const stored = [
    view("a"),
    { name: "b" },
    { name: 1, href: "/artifacts" },
    null,
    "text",
    view("c", "/artifacts?key=x"),
  ];
  expect(stored.filter(isView)).toEqual([view("a"), view("c", "/artifacts?key=x")]);
});

it("leaves out views that lead elsewhere", () => {
  const stored = [view("script", "javascript:alert(1)"), view("other", "https://example.org"), view("runs", "/runs")];
  expect(stored.filter(isView)).toEqual([]);
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

import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Pager } from "./pager";

const html = (previous: string | null, next: string | null) =>
  renderToStaticMarkup(<Pager page={{ previous, next }} hrefOf={(cursor) => `/artifacts?cursor=${cursor}`} />);

it("links to the previous and the next page", () => {
  expect(html("a", "b")).toMatch(
    /href="\/artifacts\?cursor=a"[^>]*>.*Previous.*href="\/artifacts\?cursor=b"[^>]*>.*Next/,
  );
});

it.each([
  ["first", null, "b", "Previous"],
  ["last", "a", null, "Next"],
])("has one link on the %s page", (_, previous, next, disabled) => {
  expect(html(previous, next).match(/<a /g)).toHaveLength(1);
  expect(html(previous, next)).toMatch(new RegExp(`<span[^>]*>(<svg.*</svg>)?${disabled}`));
});

it("is empty where there is only one page", () => {
  expect(html(null, null)).toBe("");
});

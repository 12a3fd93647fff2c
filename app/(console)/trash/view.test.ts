import { expect, it } from "vitest";
import { versionName } from "./trash-row";
import { loadTrash, trashHref } from "./view";

it.each([
  [{}, "/trash"],
  [{ key: "a/b c" }, "/trash?key=a/b+c"],
  [{ search: "a%" }, "/trash?search=a%25"],
  [{ key: "sales", cursor: "x&y" }, "/trash?key=sales&cursor=x%26y"],
])("writes %j to the URL and reads it back", (view, href) => {
  expect(trashHref(view)).toBe(href);
  expect(loadTrash(href.slice("/trash".length))).toEqual({ key: "", search: "", cursor: "", ...view });
});

it.each([
  [{ key: "sales", version: 2 }, "v2 of sales"],
  [{ key: null, version: null }, "Artifact 0199b3c8"],
])("names the version %j %s", (part, name) => {
  expect(versionName({ id: "0199b3c8-0000-7000-8000-000000000001", ...part })).toBe(name);
});

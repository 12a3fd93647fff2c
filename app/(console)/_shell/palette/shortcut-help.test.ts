import { expect, it } from "vitest";
import { helpSections } from "./shortcut-help";

const ACTIVE = [
  { section: "List", shortcuts: ["j Next row", "# Delete", "/ Search by key"] },
  { section: "Version", shortcuts: ["e Edit"] },
  { section: "Everywhere", shortcuts: ["? Keyboard shortcuts", "g a Go to artifacts"] },
].map(({ section, shortcuts }) => ({
  section,
  shortcuts: shortcuts.map((text): [string, { label: string }] => {
    const [, key = "", label = ""] = /^(g .|.) (.+)$/.exec(text) ?? [];
    return [key, { label }];
  }),
}));

const found = (text: string) => helpSections(ACTIVE, text).map(({ shortcuts }) => shortcuts.map(([key]) => key).join());

it("lists all with the search first", () => {
  expect(found("")).toEqual(["/,j,#", "e", "?,g a"]);
  expect(helpSections(ACTIVE.toReversed(), "")[0]?.section).toBe("List");
});

it.each([
  ["a label", "DELETE ", ["#"]],
  ["a key", "e", ["/,j,#", "e", "?,g a"]],
  ["two keys", "g a", ["g a"]],
  ["a section", "version", ["e"]],
  ["nothing", "frobnicate", []],
])("finds shortcuts by %s", (_, text, keys) => {
  expect(found(text)).toEqual(keys);
});

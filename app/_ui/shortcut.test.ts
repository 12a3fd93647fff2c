import { describe, expect, it } from "vitest";
import { findShortcut, isFirstKey, type Shortcuts, toSections } from "./shortcut";

const nothing = () => {};

describe("finding the shortcut for a key", () => {
  const page: Shortcuts = { j: { label: "Next row", run: nothing }, x: { label: "Select", run: nothing } };

  it("finds none for another key, nor for a property of every object", () => {
    expect(findShortcut("q", [page])).toBeUndefined();
    expect(findShortcut("toString", [page])).toBeUndefined();
    expect(findShortcut("j", [])).toBeUndefined();
  });

  it("prefers the last mounted", () => {
    expect(findShortcut("j", [page, { j: { label: "Next change", run: nothing } }])?.label).toBe("Next change");
  });

  it("skips one that does not apply now", () => {
    const peek: Shortcuts = { j: { label: "Scroll", run: nothing, when: () => false } };
    expect(findShortcut("j", [page, peek])?.label).toBe("Next row");
  });

  it("skips one that is only listed, and one that is not available", () => {
    expect(findShortcut("j", [page, { j: { label: "Handled elsewhere" } }, { j: undefined }])?.label).toBe("Next row");
  });
});

describe("a shortcut of two keys", () => {
  const mounted: Shortcuts[] = [{ "g a": { label: "Go to artifacts", run: nothing }, "Ctrl K": { label: "Search" } }];

  it("begins with its first key, unless it is only listed", () => {
    expect(["g", "a", "Ctrl", "", "g a"].filter((key) => isFirstKey(key, mounted))).toEqual(["g"]);
  });

  it("is found by both", () => {
    expect(findShortcut("g a", mounted)?.label).toBe("Go to artifacts");
    expect(findShortcut("a", mounted)).toBeUndefined();
  });
});

describe("grouping shortcuts by section", () => {
  const labels = (mounted: Parameters<typeof toSections>[0]) =>
    toSections(mounted).map(({ section, shortcuts }) => [
      section,
      shortcuts.map(([key, { label }]) => `${key} ${label}`),
    ]);

  it("lists the last mounted section first and joins those of one name", () => {
    expect(
      labels([
        { section: "Everywhere", shortcuts: { "?": { label: "Help" } } },
        { section: "List", shortcuts: { j: { label: "Next row" } } },
        { section: "Everywhere", shortcuts: { z: { label: "Undo" } } },
      ]),
    ).toEqual([
      ["Everywhere", ["z Undo", "? Help"]],
      ["List", ["j Next row"]],
    ]);
  });

  it("lists each key once, as the last mounted component defines it", () => {
    expect(
      labels([
        { section: "List", shortcuts: { j: { label: "Next row" }, k: { label: "Previous row" } } },
        { section: "Changes", shortcuts: { j: { label: "Next change" } } },
      ]),
    ).toEqual([
      ["Changes", ["j Next change"]],
      ["List", ["k Previous row"]],
    ]);
  });

  it("leaves out shortcuts that are not available", () => {
    expect(labels([{ section: "Version", shortcuts: { "[": undefined } }])).toEqual([]);
  });
});

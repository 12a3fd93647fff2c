import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { SelectAllCheckbox, type Selection, SelectionStatus, withRange, withToggled } from "./selection";
import { SelectionToolbar } from "./toolbar";

const set = (ids: string) => new Set(ids);
const listed = [..."abcdef"];

describe("toggling a row", () => {
  it("selects and deselects it", () => {
    expect(withToggled(set("a"), "b")).toEqual(set("ab"));
    expect(withToggled(set("ab"), "b")).toEqual(set("a"));
  });

  it("leaves the earlier selection as it is", () => {
    const selected = set("a");
    withToggled(selected, "b");
    expect(selected).toEqual(set("a"));
  });
});

describe("extending the selection", () => {
  it.each([
    ["down", "b", "d", "bcd"],
    ["up", "d", "b", "bcd"],
    ["to the same row", "c", "c", "c"],
  ])("selects all rows %s", (_, anchor, id, range) => {
    expect(withRange(set(""), listed, anchor, id)).toEqual(set(range));
  });

  it("keeps rows outside of the range", () => {
    expect(withRange(set("f"), listed, "a", "b")).toEqual(set("fab"));
  });

  it.each([null, "x"])("toggles one row where the anchor is %j", (anchor) => {
    expect(withRange(set("a"), listed, anchor, "c")).toEqual(set("ac"));
    expect(withRange(set("ac"), listed, anchor, "c")).toEqual(set("a"));
  });

  it("never deselects a row from a listed anchor", () => {
    const id = fc.constantFrom(...listed);
    fc.assert(
      fc.property(fc.array(id), id, id, (selected, anchor, end) => {
        const extended = withRange(new Set(selected), listed, anchor, end);
        for (const each of [...selected, anchor, end]) expect(extended).toContain(each);
      }),
    );
  });
});

describe("the display of a selection", () => {
  const selection = (ids: string[], total: number): Selection => ({
    ids,
    total,
    has: (id) => ids.includes(id),
    toggle: () => {},
    setAll: () => {},
  });
  const toolbar = (ids: string[], total: number) =>
    renderToStaticMarkup(<SelectionToolbar selection={selection(ids, total)}>actions</SelectionToolbar>);

  it("offers to select all rows of the page until all are", () => {
    expect(toolbar(["a"], 1_200)).toContain("Select all 1,200 on this page");
    expect(toolbar(["a", "b"], 2)).not.toContain("Select all");
  });

  it("announces the number of selected rows", () => {
    expect(renderToStaticMarkup(<SelectionStatus selection={selection(["a", "b"], 5)} />)).toContain("2 selected");
    expect(renderToStaticMarkup(<SelectionStatus selection={selection([], 5)} />)).not.toContain("selected");
  });

  it.each([
    [["a", "b"], 2, true],
    [["a"], 2, false],
    [[], 2, false],
    [[], 0, false],
  ])("checks the box for all rows where %j of %i are selected: %s", (ids, total, checked) => {
    const html = renderToStaticMarkup(<SelectAllCheckbox selection={selection(ids, total)} />);
    expect(html.includes("checked")).toBe(checked);
  });
});

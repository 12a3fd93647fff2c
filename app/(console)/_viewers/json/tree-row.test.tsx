import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { indexJsonText } from "#formats/json-index";
import { JsonTree } from "./json-tree";
import { TreeRow } from "./tree-row";

/** The text of the row of a value. */
function row(json: string, { value = 0, depth = 0, expanded = false } = {}): string {
  const markup = renderToStaticMarkup(
    <TreeRow
      id="row"
      index={indexJsonText(json)}
      value={value}
      position={7}
      depth={depth}
      expanded={expanded}
      active={false}
      height={24}
      top={null}
      onClick={() => {}}
    />,
  );
  return markup.replace(/<[^>]*>/g, "").replace(/&quot;/g, '"');
}

describe("a row of a tree", () => {
  it.each([
    ["{}", "{ 0 keys }"],
    ["[]", "[ 0 items ]"],
    ['{"a":1}', '{ 1 key }{"a":1}'],
    ["[ 1,\n 2 ]", "[ 2 items ][ 1, 2 ]"],
    ["1.0", "1.0"],
    ['"a\\u0062"', '"ab"'],
    ['"C:\\\\tmp"', '"C:\\tmp"'],
    ['"one\\ntwo"', '"one⏎two"'],
    ['{"citt\\u00e0":"Forl\\u00ec"}', '{ 1 key }{"città":"Forlì"}'],
    ["null", "null"],
  ])("of %j collapsed is %j", (json, text) => {
    expect(row(json)).toBe(text);
  });

  it("has no preview while expanded", () => {
    expect(row('{"a":1}', { expanded: true })).toBe("{ 1 key }");
  });

  it("starts with the name or the position", () => {
    expect(row('{"a":1}', { value: 1, depth: 1 })).toBe("a: 1");
    expect(row('{"":1}', { value: 1, depth: 1 })).toBe('"": 1');
    expect(row("[1]", { value: 1, depth: 1 })).toBe("7: 1");
  });

  it("cuts long values without half a character", () => {
    expect(row(`"${"é".repeat(300)}"`)).toBe(`"${"é".repeat(100)}…`);
    expect(row(`"x${"é".repeat(300)}"`)).toBe(`"x${"é".repeat(99)}…`);
    expect(row(`[${"1,".repeat(99)}1]`)).toBe(`[ 100 items ][${"1,".repeat(39)}1…`);
  });

  it("can be expanded only if it has children", () => {
    const markup = (json: string) => renderToStaticMarkup(<JsonTree index={indexJsonText(json)} reader={null} />);
    expect(markup("[1]")).toContain("aria-expanded");
    expect(markup("[]")).not.toContain("aria-expanded");
    expect(markup("1")).not.toContain("aria-expanded");
  });
});

describe("JsonTree", () => {
  const markup = (length: number) =>
    renderToStaticMarkup(<JsonTree index={indexJsonText(JSON.stringify(Array(length).fill(0)))} reader={null} />);

  it("has a search field above 12 values", () => {
    expect(markup(11)).not.toContain("Search keys and values");
    expect(markup(12)).toContain("Search keys and values");
  });

  it("has all of at most 300 rows in the page, and of more those in view", () => {
    expect(markup(299).match(/role="treeitem"/g)).toHaveLength(300);
    expect(markup(300).match(/role="treeitem"/g)?.length).toBeLessThan(60);
  });
});

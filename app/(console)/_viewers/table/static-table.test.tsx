import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { columnsOf } from "#formats/column";
import { tableIn } from "#formats/table";
import { CellContent, canOpen } from "./cells/cell-content";
import { StaticTable } from "./static-table";
import type { TableProps } from "./table-props";

function render(text: string, props: Partial<TableProps> = {}): string {
  const table = tableIn(text);
  if (!table) throw new Error("Not a table.");
  return renderToStaticMarkup(
    <StaticTable
      table={table}
      columns={columnsOf(table)}
      order={Uint32Array.from({ length: table.rows }, (_, row) => row)}
      sort={null}
      onSort={() => {}}
      filters={null}
      onFilter={() => {}}
      statistics={null}
      widthOf={() => null}
      onResize={() => {}}
      wrap={false}
      target={null}
      onMenu={() => {}}
      onOpen={() => {}}
      {...props}
    />,
  );
}

/** The content of the only cell, and whether it can be opened. */
function cell(json: string): [markup: string, canOpen: boolean] {
  const table = tableIn(`[{"a":${json},"b":0}]`);
  if (!table) throw new Error("Not a table.");
  const value = table.cells[0] ?? 0;
  return [renderToStaticMarkup(<CellContent table={table} value={value} />), canOpen(table, value)];
}

describe("a static table", () => {
  const cities = '[{"city":"Oslo","people":709037.0},{"city":"Bergen"}]';

  it("has its rows in the given order, with numbers as they were written", () => {
    const markup = render(cities, { order: Uint32Array.of(1, 0) });
    expect(markup.indexOf("Bergen")).toBeLessThan(markup.indexOf("Oslo"));
    expect(markup.replace(/<[^>]*>/g, "")).toContain("709037.0");
    expect(markup).toContain("missing");
  });

  it("aligns numbers on the decimal point and separates thousands, but not of ids and years", () => {
    const rooms = (text: string) => [...render(text).matchAll(/data-room="([^"]*)"/g)].map(([, room]) => room);
    expect(rooms('[{"a":1},{"a":-2.5},{"a":3.125},{"a":1e9}]')).toEqual([".000", "00", ""]);
    expect(rooms('[{"a":1},{"a":12.12345678}]')).toEqual([".000000", ""]);
    const separators = (text: string) => render(text).split("before:content").length - 1;
    expect(separators('[{"people":1234567.0,"year":12026,"userId":1234567},{"people":-9999}]')).toBe(2);
    expect(separators('[{"people":"12345"},{"people":"text"}]')).toBe(0);
  });

  it("shows the sort and the filters", () => {
    expect(render(cities)).not.toContain("<input");
    expect(render(cities, { sort: { column: 1, descending: true } })).toContain('aria-sort="descending"');
    const markup = render(cities, { filters: { 1: "> 5" } });
    expect(markup).toContain('aria-label="Filter people"');
    expect(markup).toContain('value="&gt; 5"');
  });

  it("explains why it is empty", () => {
    expect(render("[]")).toContain("No rows");
    expect(render(cities, { order: new Uint32Array() })).toContain("No matching rows");
  });

  it("names columns without a name", () => {
    expect(render('[{"":1}]')).toContain("(no name)");
  });

  it("has a button in cells that may be cut", () => {
    expect(render(`[{"a":"${"long ".repeat(20)}"}]`)).toContain("Show full value");
    expect(render('[{"a":"short"}]')).not.toContain("Show full value");
  });
});

describe("a cell", () => {
  it.each([
    ["1.0", "1.0", false],
    ['"a"', "a", false],
    ['""', '<span class="text-faint">&quot;&quot;</span>', false],
    ["null", '<span class="text-faint">null</span>', false],
    ["true", "true", false],
    ["[]", '<span class="font-mono text-soft text-xs">[]</span>', false],
    ["[1]", '<span class="font-mono text-soft text-xs">[1]</span>', true],
  ])("shows %s", (json, markup, canOpen) => {
    expect(cell(json)).toEqual([markup, canOpen]);
  });

  it.each([
    ["an address", '"https://a.b/c"', "https://a.b/c"],
    ["a long address", `"https://a.b/${"c".repeat(300)}"`, `https://a.b/${"c".repeat(300)}`],
    ["a link of markdown", '"[Run 7](https://a.b/7)"', "https://a.b/7"],
  ])("links %s, which then cannot be opened", (_, json, address) => {
    const [markup, opens] = cell(json);
    expect(markup).toContain(`<a href="${address}"`);
    expect(opens).toBe(false);
  });

  it("does not link a text or an unsafe address", () => {
    for (const json of ['"see https://a.b/c"', '"[x](javascript:alert(1))"', "7"]) {
      expect(cell(json)[0]).not.toContain("<a");
    }
  });

  it("has no escape sequences of terminals", () => {
    expect(cell('"\\u001b[32mok\\u001b[0m"')[0]).toBe("ok");
  });

  it("can be opened when it has a line break", () => {
    expect(cell('"a\\nb"')[1]).toBe(true);
    expect(cell('"a\\r\\nb"')[1]).toBe(true);
    expect(cell('"a b"')[1]).toBe(false);
  });

  it("shows letters instead of their escapes", () => {
    expect(cell('"Zo\\u00eb"')[0]).toBe("Zoë");
    expect(cell('{"citt\\u00e0":1.0}')[0]).toContain("{&quot;città&quot;:1.0}");
  });

  it("cuts long text", () => {
    expect(cell(`"${"a".repeat(500)}"`)).toEqual(["a".repeat(200), true]);
  });
});

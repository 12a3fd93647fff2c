import { describe, expect, it } from "vitest";
import { columnsOf } from "./column";
import { tableIn } from "./table";

function column(...cells: string[]) {
  const table = tableIn(`[${cells.map((cell) => `{"a":${cell}}`).join()},{}]`);
  if (!table) throw new Error("Not a table.");
  return columnsOf(table)[0];
}

describe("the type of a column", () => {
  it.each([
    ["number", ["1.0", "null", "2"]],
    ["number", ["1e400", "-0"]],
    ["boolean", ["true", "false"]],
    ["date", ['"2026-01-31"', '"2026-01-31T10:00:00Z"', '"2026-01-31 10:00:00.123456+02:00"']],
    ["date", ['"2026-01-31T10:00"', '"2026-01-31 10:00:00,5"']],
    ["link", ['"https://a.b"', '"HTTP://c"']],
    ["number", ['"1"', '"2"']],
    ["number", ["1", '"NA"', '""']],
    ["number", ["1.5", '"-Infinity"']],
    ["number", ["1", '"1"']],
    ["date", ['"31.01.2026"', '"n/a"']],
    ["link", ['"https://a.b"', '"[text](https://a.b)"', '"n/a"']],
    ["text", ['"NA"']],
    ["text", ['"NA"', '"Oslo"']],
    ["mixed", ["1", '"one"']],
    ["mixed", ["1", '"2026-01-31"']],
    ["text", ['""']],
    ["text", ['"2026-01-31"', '"later"']],
    ["text", ['"https://a.b"', '"https://a b"']],
    ["text", ['"ftp://a.b"']],
    ["json", ["[1]", "[]"]],
    ["json", ["{}"]],
    ["mixed", ["[]", "{}"]],
    ["empty", ["null"]],
  ])("is %s for %j", (type, cells) => {
    expect(column(...cells)?.type).toBe(type);
  });

  it("is judged by every row", () => {
    const cells = Array.from({ length: 1000 }, (_, row) => (row === 777 ? "true" : `${row}`));
    expect(column(...cells)?.type).toBe("mixed");
    const texts = Array.from({ length: 1000 }, (_, row) => (row === 777 ? '"later"' : `"${row}"`));
    expect(column(...texts)?.type).toBe("text");
  });

  it("ignores empty texts when it judges dates and links", () => {
    expect(column('""', '"2026-01-31"')?.type).toBe("date");
  });
});

describe("the width of a column", () => {
  it("is that of its longest cell, or of its name with the icons", () => {
    expect(column('"twelve chars"')?.width).toBe(12);
    expect(column('"a"')?.width).toBe(8);
    expect(column("[1, 2, 3, 4]")?.width).toBe(12);
  });

  it("has room for separators and for the decimals of other numbers", () => {
    expect(column("123456789", "1.25")?.width).toBe(14);
    expect(column("123456789", "1e300")).toMatchObject({ width: 11, decimals: 0 });
  });

  it("is at most 60 characters", () => {
    expect(column(`"${"a".repeat(500)}"`)?.width).toBe(60);
  });
});

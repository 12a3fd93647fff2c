import { describe, expect, it } from "vitest";
import type { Json } from "#contract/json";
import { createBudget } from "./budget";
import { type Difference, dataSide, differenceOf, modesFor, sourceDifference, valueSide } from "./difference";
import type { DiffMode, DiffOptions } from "./options";
import { summaryOf } from "./summary";

const sideOf = (type: string | null, data: Json) => dataSide(type, JSON.stringify(data));

function compared(type: string | null, from: Json, to: Json, options: Partial<DiffOptions> = {}): Difference {
  return differenceOf(sideOf(type, from), sideOf(type, to), options, createBudget(5000));
}

describe("modesFor", () => {
  const table = [{ a: 1 }];
  it.each<[string | null, Json, Json, DiffMode[]]>([
    ["table", table, table, ["rows", "paths", "lines"]],
    ["table", { a: [1] }, table, ["rows", "paths", "lines"]],
    ["table", "text", table, ["paths", "lines"]],
    ["table", table, 7, ["paths", "lines"]],
    ["json", table, [[1]], ["rows", "paths", "lines"]],
    ["json", [], table, ["paths", "lines"]],
    ["json", [1], table, ["paths", "lines"]],
    ["json", { a: [1] }, { a: [2] }, ["paths", "lines"]],
    ["markdown", "a", "b", ["lines"]],
    ["markdown", "a", 1, ["paths", "lines"]],
    ["markdown", 1, "a", ["paths", "lines"]],
    ["progress", 1, 2, []],
    ["progress", 1, null, ["paths", "lines"]],
    ["image", "/a.png", "/b.png", []],
    ["image", "/a.png", "text", ["lines"]],
    ["image", "text", "/a.png", ["lines"]],
    [null, "/a.png", "/b.png", ["lines"]],
  ])("of type %s: %j and %j can be compared by %j", (type, from, to, modes) => {
    expect(modesFor(sideOf(type, from), sideOf(type, to))).toEqual(modes);
  });

  it("knows a table in a JSON string by its type only", () => {
    const text = JSON.stringify([{ a: 1 }]);
    expect(modesFor(sideOf("table", text), sideOf("table", text))).toEqual(["rows", "lines"]);
    expect(modesFor(sideOf("json", text), sideOf("json", text))).toEqual(["lines"]);
  });
});

describe("differenceOf", () => {
  it.each<[string | null, Json, Json, Difference["kind"]]>([
    ["table", [{ a: 1 }], [{ a: 2 }], "table"],
    ["json", { a: 1 }, { a: 2 }, "json"],
    ["json", [1], [2], "json"],
    ["markdown", "a", "b", "text"],
    ["markdown", "a", 1, "json"],
    ["progress", 1, 2, "numbers"],
    ["progress", 1, 1, "same"],
    ["progress", 1, "1", "json"],
    ["image", "/a", "/b", "images"],
    ["image", "/a", "/a", "same"],
    ["image", "/a", "b", "text"],
    ["json", { a: 1, b: 2 }, { b: 2, a: 1 }, "same"],
    ["json", null, null, "same"],
  ])("of type %s: %j and %j differ as %s", (type, from, to, kind) => {
    expect(compared(type, from, to).kind).toBe(kind);
  });

  it("uses the preferred mode if it applies", () => {
    const [from, to] = [[{ a: 1 }], [{ a: 2 }]];
    expect((["rows", "paths", "lines"] as const).map((mode) => compared("table", from, to, { mode }).kind)).toEqual([
      ...["table", "json", "text"],
    ]);
    expect(compared("markdown", "a", "b", { mode: "rows" }).kind).toBe("text");
    expect(compared("json", { a: 1 }, { a: 2 }, { mode: "rows" }).kind).toBe("json");
    expect(compared("progress", 1, 2, { mode: "lines" }).kind).toBe("numbers");
  });

  it("gives both numbers, and both images", () => {
    expect(compared(null, 20, 75)).toEqual({ kind: "numbers", from: 20, to: 75 });
    expect(compared("image", "/a", "/b")).toEqual({ kind: "images", from: "/a", to: "/b" });
  });

  it("compares other data by line as indented JSON with sorted members", () => {
    const difference = compared("json", { b: [1, { d: 1, c: null }], a: "x" }, { a: "x", b: [2] }, { mode: "lines" });
    if (difference.kind !== "text") throw new Error("not a text");
    const lines = difference.stretches.flatMap((stretch) =>
      stretch.same
        ? stretch.lines
        : [...stretch.removed, ...stretch.added].map(({ parts }) => parts.map((part) => part.text).join("")),
    );
    const texts = ["    1,", "    {", '      "c": null,', '      "d": 1', "    }", "    2"];
    expect(lines).toEqual(["{", '  "a": "x",', '  "b": [', ...texts, "  ]", "}"]);
  });

  it("compares descriptions and metadata as given", () => {
    const difference = differenceOf(valueSide({ a: 1 }), valueSide({ a: 2 }), { mode: "paths" }, createBudget(5000));
    expect(summaryOf(difference)).toBe("1 value changed");
    expect(valueSide([{ a: 1 }])).toEqual({ type: null, data: [{ a: 1 }], table: null, document: null, report: null });
  });

  it("counts numbers within the tolerance as equal, but not lines", () => {
    const options = { tolerance: "1%" } as const;
    expect(compared("progress", 100, 100.5, options)).toEqual({ kind: "same", within: "1%" });
    expect(compared("progress", 100, 102, options).kind).toBe("numbers");
    expect(compared("json", { a: [1, 2] }, { a: [1, 2.001] }, options)).toEqual({ kind: "same", within: "1%" });
    expect(compared("json", { a: 1, b: [5] }, { a: 2, b: [5.01] }, options)).toMatchObject({
      kind: "json",
      changed: 1,
    });
    expect(compared("json", [1], [1.001], { ...options, mode: "lines" }).kind).toBe("text");
  });

  it("passes the choice of a key on", () => {
    const [from, to] = [[{ a: 1, b: "x" }], [{ a: 2, b: "x" }]];
    expect(compared("table", from, to, { key: { columns: ["a"] } })).toMatchObject({ key: [0], added: 1, removed: 1 });
    expect(compared("table", from, to, { key: "order" })).toMatchObject({ key: [], cells: 1 });
  });

  it("keeps the digits of numbers beyond 2^53, in the cells of tables too", () => {
    const side = (text: string) => dataSide("table", text);
    const from = side('[{"a":9007199254740993}]');
    const difference = differenceOf(from, side('[{"a":9007199254740992}]'), { key: "order" }, createBudget(5000));
    expect(difference).toMatchObject({ kind: "table", cells: 1, rows: [{ cells: [{ to: 9007199254740992 }] }] });
    expect(differenceOf(from, side('[{"a":9007199254740993}]'), { key: "order" }, createBudget(5000)).kind).toBe(
      "same",
    );
  });
});

describe("sourceDifference", () => {
  const difference = (from: string, to: string) => {
    const found = sourceDifference(from, to, createBudget(5000));
    return found && summaryOf(found);
  };

  it("finds numbers that JavaScript reads as the same", () => {
    expect(difference('{"a":1.0}', '{"a":1}')).toBe("1 line changed");
    expect(difference("[9007199254740993]", "[9007199254740992]")).toMatch(/1 line/);
  });

  it("finds added and removed lines alone", () => {
    expect(difference('{"a":1,"a":1}', '{"a":1}')).toMatch(/line/);
    expect(difference("[1]", "[1,1]")).toMatch(/1 line added/);
    expect(difference("[1,1]", "[1]")).toMatch(/1 removed|1 line removed/);
  });

  it("ignores whitespace and the way that characters are escaped", () => {
    expect(difference('{"a":"é"}', '{ "a" : "\\u00e9" }\n')).toBeNull();
    expect(difference("[1]", "[1]")).toBeNull();
    expect(difference('{"a":1.0,"b":[2]}', '{"b":[2],"a":1.0}')).toBeNull();
  });
});

describe("equal values", () => {
  const summary = (from: Json, to: Json) => summaryOf(compared("table", from, to));

  it("name what comes in a different order", () => {
    expect(summary([{ a: 1, b: 2 }], [{ b: 2, a: 1 }])).toBe("Same rows; columns in another order");
    expect(summary([{ a: { b: 1, c: 2 } }], [{ a: { c: 2, b: 1 } }])).toBe("Same values; members in another order");
    expect(summary([{ a: 1 }], [{ a: 1 }])).toBe("No differences");
  });
});

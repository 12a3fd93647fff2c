import { describe, expect, it } from "vitest";
import type { Json } from "#contract/json";
import { createBudget } from "./budget";
import { jsonDifference } from "./json";

const compared = (from: Json, to: Json, budget = createBudget(5000)) => jsonDifference(from, to, budget);
const paths = (from: Json, to: Json) => compared(from, to).changes.map(({ op, path }) => `${op} ${path}`);

describe("jsonDifference", () => {
  it("lists changes by path", () => {
    expect(
      paths({ a: { b: [1, 2, 3] }, removed: true, "odd name": 1 }, { a: { b: [1, 3, 4] }, "odd name": 2, come: null }),
    ).toEqual(["removed a.b[1]", "added a.b[2]", "removed removed", 'changed ["odd name"]', "added come"]);
  });

  it.each<[Json, Json, string[]]>([
    [1, 2, ["changed (root)"]],
    [[1], { a: 1 }, ["changed (root)"]],
    [{ a: 1 }, [1], ["changed (root)"]],
    [null, {}, ["changed (root)"]],
    [{ a: [] }, { a: {} }, ["changed a"]],
    [[1, 2], [1, 3], ["changed [1]"]],
    [[[1]], [[2]], ["changed [0][0]"]],
    [[{ a: 1 }], [{ a: 2 }], ["changed [0].a"]],
    [
      { $a_1: 1, "b-c": 1, "1a": 1, "": 1 },
      { $a_1: 2, "b-c": 2, "1a": 2, "": 2 },
      ["changed $a_1", "changed b-c", 'changed ["1a"]', 'changed [""]'],
    ],
    [{ a: { "x y": 1 } }, { a: { "x y": 2 } }, ['changed a["x y"]']],
    [
      ["a", "b", "c"],
      ["b", "c", "d"],
      ["removed [0]", "added [2]"],
    ],
    [
      ["a", "b", "c"],
      ["x", "y", "c", "d"],
      ["changed [0]", "changed [1]", "added [3]"],
    ],
    [
      ["a", "b", "z"],
      ["x", "z"],
      ["changed [0]", "removed [1]"],
    ],
    [["z"], ["x", "z"], ["added [0]"]],
    [[1], [], ["removed [0]"]],
    [{ toString: 1 }, {}, ["removed toString"]],
    [{}, { constructor: 1 }, ["added constructor"]],
  ])("of %j and %j lists %j", (from, to, changes) => {
    expect(paths(from, to)).toEqual(changes);
  });

  it("counts all changes, and the values that are the same", () => {
    expect(compared({ a: 1, b: [1, 2], c: { d: 1 }, e: 1 }, { a: 2, b: [1, 2, 3], c: { d: 1 }, f: 1 })).toMatchObject({
      kind: "json",
      added: 2,
      removed: 1,
      changed: 1,
      same: 3,
    });
    expect(compared({ a: [1], b: {} }, { b: {}, a: [1] })).toMatchObject({ changes: [], same: 1 });
    expect(compared([1, 2], [1, 2])).toMatchObject({ changes: [], same: 1 });
  });

  it("gives values as JSON, with words marked that changed", () => {
    expect(compared({ a: "to be or not", b: 1, c: [1] }, { a: "to be or what", d: { e: null } }).changes).toEqual([
      {
        op: "changed",
        path: "a",
        from: [
          { text: '"to be or ', marked: false },
          { text: "not", marked: true },
          { text: '"', marked: false },
        ],
        to: [
          { text: '"to be or ', marked: false },
          { text: "what", marked: true },
          { text: '"', marked: false },
        ],
      },
      { op: "removed", path: "b", from: [{ text: "1", marked: false }], to: null },
      { op: "removed", path: "c", from: [{ text: "[1]", marked: false }], to: null },
      { op: "added", path: "d", from: null, to: [{ text: '{"e":null}', marked: false }] },
    ]);
    expect(compared(1, "x").changes).toEqual([
      { op: "changed", path: "(root)", from: [{ text: "1", marked: false }], to: [{ text: '"x"', marked: false }] },
    ]);
  });

  it("cuts long values to 1,000 characters", () => {
    const text = ({ from }: ReturnType<typeof compared>["changes"][number]) => from?.map((part) => part.text).join("");
    expect(compared(["x".repeat(998)], []).changes.map(text)).toEqual([`"${"x".repeat(998)}"`]);
    expect(compared(["x".repeat(999)], []).changes.map(text)).toEqual([`"${"x".repeat(999)}…`]);
  });

  it("lists the first 2,000 changes and counts all", () => {
    const budget = createBudget(5000);
    const list = (length: number) => Array.from({ length }, (_, at) => at);
    expect(compared([], list(2000), budget).changes).toHaveLength(2000);
    expect(budget.notes).toEqual([]);
    const difference = compared([], list(2001), budget);
    expect([difference.changes.length, difference.added]).toEqual([2000, 2001]);
    expect(budget.notes).toEqual(["Only the first 2,000 changes are listed; all are counted."]);
  });
});

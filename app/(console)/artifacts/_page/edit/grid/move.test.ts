import { describe, expect, it } from "vitest";
import { besides, clamped, HEAD, moved } from "./move";
import { readSheet, type Sheet } from "./sheet";

function sheetOf(text: string): Sheet {
  const sheet = readSheet(text);
  if (!sheet) throw new Error(`no table in ${text}`);
  return sheet;
}

const named = sheetOf('[{"a":1,"b":2},{"a":3,"b":4},{"a":5,"b":6}]');
const at = (row: number, column: number) => ({ row, column });

describe("moved", () => {
  it.each([
    ["ArrowDown", false, at(1, 1), at(2, 1)],
    ["ArrowDown", false, at(2, 1), at(2, 1)],
    ["ArrowDown", true, at(HEAD, 0), at(2, 0)],
    ["ArrowUp", false, at(0, 1), at(HEAD, 1)],
    ["ArrowLeft", false, at(0, 0), at(0, 0)],
    ["ArrowRight", true, at(0, 0), at(0, 1)],
    ["PageDown", false, at(0, 0), at(2, 0)],
    ["PageUp", false, at(2, 0), at(0, 0)],
    ["Home", true, at(2, 1), at(0, 0)],
    ["End", false, at(1, 0), at(1, 1)],
  ] as const)("%s (far: %s) leads from %o to %o", (key, far, from, to) => {
    expect(moved(named, from, key, far, 2)).toEqual(to);
  });

  it("is null for other keys", () => {
    for (const key of ["a", "Enter", "toString"]) expect(moved(named, at(0, 0), key, false, 2)).toBeNull();
  });

  it("has no row of names where columns are numbers", () => {
    expect(moved(sheetOf("[[1,2]]"), at(0, 0), "ArrowUp", false, 2)).toEqual(at(0, 0));
  });
});

describe("besides", () => {
  it("goes on in the next or the previous row", () => {
    expect(besides(named, at(0, 0), 1)).toEqual(at(0, 1));
    expect(besides(named, at(0, 1), 1)).toEqual(at(1, 0));
    expect(besides(named, at(2, 1), 1)).toEqual(at(2, 1));
    expect(besides(named, at(1, 0), -1)).toEqual(at(0, 1));
    expect(besides(named, at(HEAD, 0), -1)).toEqual(at(HEAD, 0));
  });
});

describe("clamped", () => {
  it("is in the sheet, however small that is", () => {
    expect(clamped(named, at(9, 9))).toEqual(at(2, 1));
    expect(clamped(sheetOf("[]"), at(3, 3))).toEqual(at(HEAD, 0));
  });
});

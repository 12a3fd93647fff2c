import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { termsIn } from "#contract/query/terms";
import { indexJsonText } from "#formats/json-index";
import { parseTerms } from "#formats/search/term";
import { Pace } from "#formats/steps";
import { tableIn } from "#formats/table";
import { pathOf } from "../json/paths";
import { linesOf } from "../shared/lines";
import type { FindData } from "./find-context";
import { findIn } from "./in-data";

function places(data: FindData, text: string) {
  const found = findIn(data, parseTerms(termsIn(text)), new Pace(16_384));
  return [...found].flatMap((place) => place ?? []);
}

function cells(json: string, text: string, order?: number[]) {
  const table = tableIn(json);
  if (!table) throw new Error("Not a table.");
  const rows = Uint32Array.from(order ?? Array.from({ length: table.rows }, (_, row) => row));
  return places({ kind: "table", table, order: rows }, text).map(({ at, within }) => [at, within]);
}

describe("the cells of a table", () => {
  const table =
    '[{"city":"Köln","note":"heavy rain"},{"city":"Oslo","note":null},{"city":"oslo-fjord","note":["RAIN"]}]';

  it.each([
    ["koln", [[0, 0]]],
    [
      "oslo",
      [
        [1, 0],
        [2, 0],
      ],
    ],
    [
      'rain "oslo fjord"',
      [
        [0, 1],
        [2, 0],
        [2, 1],
      ],
    ],
    [
      "ra*",
      [
        [0, 1],
        [2, 1],
      ],
    ],
    ["osl", []],
    ["not", [[0, 1]]],
  ])("with %s", (text, expected) => {
    expect(cells(table, text)).toEqual(expected);
  });

  it("are those of the rows that are shown, in their order", () => {
    expect(cells(table, "oslo", [2, 1])).toEqual([
      [2, 0],
      [1, 0],
    ]);
    expect(cells(table, "koln", [2, 1])).toEqual([]);
    expect(cells("[]", "koln")).toEqual([]);
  });
});

describe("the values of JSON", () => {
  const index = indexJsonText('{"oslo":{"rain":12,"wind":[3,{"rain":"none"}]},"city":"Oslo","rain":null,"empty":{}}');

  it.each([
    ["oslo", ["$.oslo", "$.city"]],
    ["rain", ["$.oslo.rain", "$.oslo.wind[1].rain"]],
    ['"rain 12"', ["$.oslo.rain"]],
    ['"oslo wind 3"', ["$.oslo.wind[0]"]],
    ["none 3", ["$.oslo.wind[0]", "$.oslo.wind[1].rain"]],
    ["empty", ["$.empty"]],
    ["snow", []],
  ])("with %s", (text, expected) => {
    expect(places({ kind: "json", index }, text).map(({ at }) => pathOf(index, at))).toEqual(expected);
  });
});

describe("the lines of a text", () => {
  it("have matches at the bytes before them", () => {
    const lines = linesOf(new TextEncoder().encode("Ärger\n\nä rain, RAIN\nrain"));
    expect(places({ kind: "lines", lines }, "rain")).toEqual([
      { at: 2, within: 3 },
      { at: 2, within: 9 },
      { at: 3, within: 0 },
    ]);
  });

  it("are found in a text of any length", () => {
    const line = fc.array(fc.constantFrom("a", "ä", "rain", "x".repeat(90_000)), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), (words) => {
        const lines = linesOf(new TextEncoder().encode(words.map((each) => each.join(" ")).join("\n")));
        const expected = words.flatMap((each, at) => each.flatMap((word) => (word === "rain" ? at : [])));
        expect(places({ kind: "lines", lines }, "rain").map(({ at }) => at)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});

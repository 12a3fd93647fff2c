import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "#contract/json";
import { indexJsonText, sourceOf } from "#formats/json-index";
import { ancestorsOf, pathOf } from "./paths";

const index = indexJsonText('{"a":[1,{"b c":"x"}],"a":{},"d":[[],[true]],"":{"$_1":0,"1a":0,"é":0,"\\"":0}}');

/** Follows a path as `pathOf` writes it. */
function follow(data: Json, path: string): Json | undefined {
  const steps = [...path.slice(1).matchAll(/\.([A-Za-z_$][\w$]*)|\[(\d+|"(?:[^"\\]|\\.)*")\]/g)];
  expect(`$${steps.map(([step]) => step).join("")}`).toBe(path);
  let value: Json | undefined = data;
  for (const [, name, bracket] of steps) {
    const key: string | number = name ?? JSON.parse(bracket ?? "");
    value = Object.entries(value ?? {}).find(([each]) => each === `${key}`)?.[1];
  }
  return value;
}

describe("pathOf", () => {
  it("names members by dots and items by position", () => {
    expect(Array.from({ length: 10 }, (_, value) => pathOf(index, value))).toEqual([
      "$",
      "$.a",
      "$.a[0]",
      "$.a[1]",
      '$.a[1]["b c"]',
      "$.a",
      "$.d",
      "$.d[0]",
      "$.d[1]",
      "$.d[1][0]",
    ]);
  });

  it("quotes names that are not identifiers", () => {
    expect(Array.from({ length: 5 }, (_, at) => pathOf(index, 10 + at))).toEqual([
      '$[""]',
      '$[""].$_1',
      '$[""]["1a"]',
      '$[""]["é"]',
      '$[""]["\\""]',
    ]);
  });

  it("leads to the value", () => {
    const json = fc.jsonValue({ maxDepth: 4 }).map((value): Json => JSON.parse(JSON.stringify(value)));
    fc.assert(
      fc.property(json, (data) => {
        const of = indexJsonText(JSON.stringify(data));
        for (let value = 0; value < of.count; value += 1) {
          expect(follow(data, pathOf(of, value))).toEqual(JSON.parse(sourceOf(of, value)));
        }
      }),
    );
  });
});

describe("ancestorsOf", () => {
  it("has the containers of a value, outermost first", () => {
    expect(ancestorsOf(index, 0)).toEqual([]);
    expect(ancestorsOf(index, 5)).toEqual([0]);
    expect(ancestorsOf(index, 9)).toEqual([0, 6, 8]);
  });
});

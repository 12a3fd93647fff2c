import { describe, expect, it } from "vitest";
import type { Json } from "#contract/json";
import { fitted, isChart, mayBeChart, modeOf } from "./spec";

const LITE = "https://vega.github.io/schema/vega-lite/v6.json";
const VEGA = "https://vega.github.io/schema/vega/v6.json";

it.each([
  [{ $schema: LITE, mark: "bar" }, true, true, "vega-lite"],
  [{ $schema: VEGA, marks: [] }, true, true, "vega"],
  [{ $schema: "https://json-schema.org/draft-07/schema", marks: [] }, false, true, "vega"],
  [{ mark: "bar" }, false, true, "vega-lite"],
  [{ marks: [] }, false, true, "vega"],
  [{ a: 1 }, false, false, "vega-lite"],
  [[{ mark: "bar" }], false, false, "vega-lite"],
  ["bar", false, false, "vega-lite"],
  [null, false, false, "vega-lite"],
])("%j is a chart: %s, may be one: %s, in %s", (data, is, may, mode) => {
  expect([isChart(data), mayBeChart(data), modeOf(data)]).toEqual([is, may, mode]);
});

describe("fitted", () => {
  it("gives a chart of one view the width of the page", () => {
    expect(fitted({ mark: "bar" })).toEqual({ mark: "bar", width: "container" });
    expect(fitted({ layer: [] })).toEqual({ layer: [], width: "container" });
  });

  it.each<Json>([
    { mark: "bar", width: 40 },
    { mark: "bar", encoding: { row: { field: "a" } } },
    { hconcat: [] },
    { marks: [] },
    { $schema: VEGA, mark: "bar" },
  ])("leaves %j as it is", (spec) => {
    expect(fitted(spec)).toBe(spec);
  });
});

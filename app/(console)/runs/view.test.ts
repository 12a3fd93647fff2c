import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STATE_TYPES } from "#contract/state";
import { FlowRunWhere } from "#contract/where";
import { activeFilters, loadRuns, parseTags, type RunsView, runsHref, runsWhere, SPAN_NAMES } from "./view";

const NOW = Date.parse("2026-11-25T12:00:42Z");
const DEFAULT: RunsView = { name: "", flow: "", deployment: "", state: null, tags: [], started: null, cursor: "" };

const fromHref = (href: string) => loadRuns(href.slice("/runs".length));

const anyView: fc.Arbitrary<RunsView> = fc.record({
  name: fc.string({ maxLength: 20 }),
  flow: fc.string({ maxLength: 20 }),
  deployment: fc.string({ maxLength: 20 }),
  state: fc.option(fc.constantFrom(...STATE_TYPES)),
  tags: fc.uniqueArray(
    fc.string({ minLength: 1, maxLength: 10 }).filter((tag) => tag === tag.trim()),
    { maxLength: 3 },
  ),
  started: fc.option(fc.constantFrom(...SPAN_NAMES)),
  cursor: fc.string({ maxLength: 20 }),
});

describe("the URL of the runs", () => {
  it("has no parameters for the default view", () => {
    expect(runsHref()).toBe("/runs");
    expect(loadRuns("")).toEqual(DEFAULT);
  });

  it("is readable", () => {
    const view: RunsView = { ...DEFAULT, name: "7", flow: "nightly etl", state: "FAILED", tags: ["eu"], started: "7d" };
    expect(runsHref(view)).toBe("/runs?name=7&flow=nightly+etl&state=FAILED&tags=eu&started=7d");
  });

  it("reads back as the same view", () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect(fromHref(runsHref(view))).toEqual(view);
      }),
    );
  });

  it("ignores unknown values, and spaces around tags", () => {
    expect(loadRuns("?state=GONE&started=3d&tags=+eu,+us,,")).toEqual({ ...DEFAULT, tags: ["eu", "us"] });
  });
});

describe("the conditions of a view", () => {
  it("are none without a filter", () => {
    expect(runsWhere({ ...DEFAULT, cursor: "x" }, NOW)).toBeUndefined();
  });

  it("combine all filters", () => {
    const filters = { name: "7", flow: "etl", deployment: "daily", tags: ["eu"] };
    const view: RunsView = { ...filters, state: "RUNNING", started: "24h", cursor: "" };
    expect(runsWhere(view, NOW)).toEqual({
      flowRuns: {
        name: { contains: "7" },
        state: { type: { any: ["RUNNING"] } },
        tags: { all: ["eu"] },
        startTime: { after: "2026-11-24T12:00:00.000Z" },
      },
      flows: { name: { any: ["etl"] } },
      deployments: { name: { any: ["daily"] } },
    });
  });

  it.each(SPAN_NAMES)("stay equal within a minute for the span %s", (started) => {
    const minute = Math.floor(NOW / 60_000) * 60_000;
    const where = runsWhere({ ...DEFAULT, started }, minute);
    expect(runsWhere({ ...DEFAULT, started }, minute + 59_999)).toEqual(where);
    expect(runsWhere({ ...DEFAULT, started }, minute + 60_000)).not.toEqual(where);
  });

  it("are valid for every view", () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect(FlowRunWhere.optional().safeParse(runsWhere(view, NOW)).error).toBeUndefined();
      }),
    );
  });
});

describe("the active filters of a view", () => {
  const view: RunsView = {
    name: "7",
    flow: "etl",
    deployment: "daily",
    state: "FAILED",
    tags: ["a", "b"],
    started: "1h",
    cursor: "x",
  };

  it("are listed in the order of display with a value to read", () => {
    expect(activeFilters(view).map(({ field, value }) => `${field} ${value}`)).toEqual([
      "name 7",
      "flow etl",
      "deployment daily",
      "state Failed",
      "tag a",
      "tag b",
      "started last hour",
    ]);
  });

  it("link to the first page of the view without the filter", () => {
    expect(activeFilters(view).map(({ without }) => without)).toEqual([
      { ...view, cursor: "", name: "" },
      { ...view, cursor: "", flow: "" },
      { ...view, cursor: "", deployment: "" },
      { ...view, cursor: "", state: null },
      { ...view, cursor: "", tags: ["b"] },
      { ...view, cursor: "", tags: ["a"] },
      { ...view, cursor: "", started: null },
    ]);
  });
});

it.each([
  ["", []],
  [" , ,", []],
  ["eu", ["eu"]],
  ["eu, big ,eu", ["eu", "big"]],
  ["night run,eu", ["night run", "eu"]],
])("parses the tags in %j", (text, tags) => {
  expect(parseTags(text)).toEqual(tags);
});

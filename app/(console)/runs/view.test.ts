import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Condition, conditionsText, withCondition } from "#contract/list-filter/condition";
import { SPANS } from "#contract/list-filter/time-range";
import { STATE_TYPES } from "#contract/state";
import { FlowRunWhere } from "#contract/where";
import { apiSort, isFiltered, loadRuns, type RunsView, runsHref, SORTS, sortingOf } from "./view";
import { conditionsOf, filteredBy, runsWhere } from "./where";

const NOW = Date.parse("2026-11-25T12:00:42Z");
const DEFAULT: RunsView = {
  name: "",
  flow: "",
  deployment: "",
  state: null,
  tags: [],
  started: "",
  where: "",
  sort: "newest",
  group: "none",
  cursor: "",
  asOf: "",
};

const CONDITIONS: Condition[] = [
  { field: "state", path: "", operator: "not", values: ["COMPLETED", "RUNNING"] },
  { field: "flow", path: "", operator: "contains", values: ["a;b,c"] },
  { field: "runtag", path: "", operator: "is", values: ["eu", "us"] },
  { field: "ended", path: "", operator: "in", values: ["2026-11-01.."] },
];

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
  started: fc.constantFrom("", "2026-11-01..2026-11-05", ...Object.keys(SPANS)),
  where: fc.subarray(CONDITIONS).map(conditionsText),
  sort: fc.constantFrom(...SORTS),
  group: fc.constantFrom("none" as const, "flow" as const),
  cursor: fc.string({ maxLength: 20 }),
  asOf: fc.constantFrom("", "2026-11-01T09:00:00Z"),
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

  it("sorts by the heads of columns, from the first page on", () => {
    const { hrefOf, ...newest } = sortingOf({ ...DEFAULT, cursor: "x", group: "flow" });
    expect(newest).toEqual({ field: "started", descending: true, fields: ["name", "started"] });
    expect(hrefOf("started", true)).toBe("/runs?group=flow");
    const sorts = (["name", "started"] as const).flatMap((field) =>
      [false, true].map((descending) => {
        const view = fromHref(hrefOf(field, descending));
        expect(sortingOf(view)).toMatchObject({ field, descending });
        return apiSort(view);
      }),
    );
    expect(sorts).toEqual(["NAME_ASC", "NAME_DESC", "START_TIME_ASC", "START_TIME_DESC"]);
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
    const view: RunsView = { ...DEFAULT, ...filters, state: "RUNNING", started: "24h" };
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

  it("are valid for every view", () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect(FlowRunWhere.optional().safeParse(runsWhere(view, NOW)).error).toBeUndefined();
      }),
    );
  });
});

describe("the filter of a view", () => {
  it("is written as before where it says no more than before", () => {
    const view = loadRuns("?flow=etl&state=FAILED&started=7d&cursor=x");
    expect(runsHref(filteredBy(view, conditionsOf(view)))).toBe("/runs?flow=etl&state=FAILED&started=7d");
    const [flow] = conditionsOf(view);
    if (!flow) throw new Error("the flow is first");
    const not = withCondition(conditionsOf(view), { ...flow, operator: "not" }, flow);
    expect(runsHref(filteredBy(view, not))).toBe("/runs?state=FAILED&started=7d&where=flow!=etl");
  });

  it("is kept by the view of its conditions", () => {
    const texts = (conditions: Condition[]) => conditions.map((each) => JSON.stringify(each)).sort();
    fc.assert(
      fc.property(anyView, (view) => {
        const conditions = conditionsOf(view);
        expect(isFiltered(view)).toBe(conditions.length > 0);
        for (const condition of [null, ...conditions]) {
          const rest = conditions.filter((each) => each !== condition);
          expect(texts(conditionsOf(filteredBy(view, rest)))).toEqual(texts(rest));
        }
      }),
    );
  });

  it("has the runs that had started by the time whose past it shows", () => {
    const asOf = "2026-11-01T09:00:00Z";
    const startTime = (started: string) => runsWhere({ ...DEFAULT, asOf, started }, NOW)?.flowRuns?.startTime;
    expect(startTime("")).toEqual({ before: asOf });
    expect(startTime("2026-10-01..2026-10-05")?.before?.startsWith("2026-10-0")).toBe(true);
    expect(startTime("2026-10-01..2026-11-05")?.before).toBe(asOf);
  });
});

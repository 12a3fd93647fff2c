import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ArtifactCount, ArtifactPage } from "#contract/artifact";
import { CollectionPage } from "#contract/collection";
import { type Condition, conditionsText, withCondition } from "#contract/list-filter/condition";
import { conditionsOf, folderOf, parseListQuery, timeOf } from "#contract/list-filter/list-query";
import { whereOf } from "#contract/list-filter/list-where";
import { SPANS } from "#contract/list-filter/time-range";
import { STATE_TYPES } from "#contract/state";
import {
  DENSITIES,
  displayOf,
  GROUPS,
  groupOf,
  hrefOf,
  isFiltered,
  LAYOUTS,
  latestInput,
  loadView,
  SORTS,
  scopeOf,
  sortingOf,
  versionsInput,
  withDisplay,
} from "./view";
import { filteredBy } from "./where";

const fromHref = (href: string) => loadView(href.slice("/artifacts".length));

const CONDITIONS: Condition[] = [
  { field: "type", path: "", operator: "not", values: ["table", "a;b,c"] },
  { field: "type", path: "", operator: "is", values: ["image", "link"] },
  { field: "key", path: "", operator: "is", values: ["sea"] },
  { field: "rows", path: "", operator: "in", values: ["10.."] },
  { field: "state", path: "", operator: "is", values: ["FAILED", "CRASHED"] },
  { field: "metadata", path: "a.b", operator: "exists", values: [] },
];

/** Any view that a URL can hold; a parameter of its own for each part. */
const anyView = fc.record({
  versions: fc.constantFrom("latest" as const, "all" as const),
  keys: fc.constantFrom("any" as const, "none" as const),
  type: fc.string({ maxLength: 20 }),
  key: fc.string({ maxLength: 20 }),
  flow: fc.string({ maxLength: 20 }),
  deployment: fc.string({ maxLength: 20 }),
  state: fc.option(fc.constantFrom(...STATE_TYPES)),
  tags: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 10 }), { maxLength: 3 }),
  description: fc.string({ maxLength: 20 }),
  q: fc.string({ maxLength: 20 }),
  where: fc.subarray(CONDITIONS).map(conditionsText),
  created: fc.constantFrom("", ...Object.keys(SPANS), "2026-11-01..", "..2026-11-05", "2026-11-01..2026-11-05"),
  show: fc.option(fc.constantFrom(...LAYOUTS)),
  sort: fc.constantFrom(...SORTS),
  group: fc.constantFrom(...GROUPS),
  folder: fc.option(fc.constantFrom("", "reports/", "a/b.c/")),
  cursor: fc.string({ maxLength: 20 }),
  columns: fc.option(fc.array(fc.string({ minLength: 1, maxLength: 20 }), { maxLength: 4 })),
  density: fc.option(fc.constantFrom(...DENSITIES)),
  asOf: fc.constantFrom("", "2026-11-01T09:00:00Z", "2026-11-01T09:00:00.123456Z"),
  view: fc.constantFrom("", "none", "0193a1b2-0000-7000-8000-000000000001"),
});

describe("the URL of a view", () => {
  it("has no parameters for the default view", () => {
    expect(hrefOf(loadView(""))).toBe("/artifacts");
  });

  it("reads back as the same view", () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect(fromHref(hrefOf(view))).toEqual(view);
        const { search } = new URL(hrefOf(view), "http://localhost");
        expect(whereOf(parseListQuery(search), 0)).toEqual(whereOf(view, 0));
      }),
    );
  });

  it("ignores unknown parameters and values", () => {
    expect(loadView("?versions=none&sort=random&keys=1&state=GONE&created=8d&show=grid&other=x")).toEqual(loadView(""));
  });
});

describe("the heads of a list", () => {
  it("sort in the other direction where they sort already, and go back to the first page", () => {
    const { field, descending, hrefOf } = sortingOf(loadView("?sort=size-desc&cursor=abc&type=table"));
    expect([field, descending]).toEqual(["size", true]);
    expect(hrefOf("size", false)).toBe("/artifacts?type=table&sort=size");
    expect(hrefOf("created", true)).toBe("/artifacts?type=table");
  });

  it("sort by what the list has", () => {
    expect(sortingOf(loadView("")).fields).toContain("number");
    expect(sortingOf(loadView("?versions=all")).fields).toEqual(["key", "size", "created"]);
    expect(sortingOf(loadView("?sort=updated")).field).toBeNull();
  });
});

it("groups all versions in the order of their creation only", () => {
  expect(groupOf(loadView("?versions=all&group=day"))).toBe("day");
  expect(groupOf(loadView("?versions=all&group=day&sort=size"))).toBeNull();
  expect(groupOf(loadView("?group=day"))).toBeNull();
});

describe("the scope of a view", () => {
  it.each([
    ["", "latest"],
    ["?versions=all", "all"],
    ["?keys=none", "keyless"],
    ["?keys=none&versions=all", "keyless"],
  ])("of %j is %s", (search, scope) => {
    expect(scopeOf(loadView(search))).toBe(scope);
  });
});

describe("the folder of a view", () => {
  it.each([
    ["", null],
    ["?folder=", ""],
    ["?folder=reports/2026/", "reports/2026/"],
    ["?folder=reports", ""],
    ["?folder=a//", ""],
    ["?folder=a/&versions=all", null],
    ["?folder=a/&keys=none", null],
  ])("of %j is %j", (search, folder) => {
    expect(folderOf(loadView(search))).toBe(folder);
    expect(whereOf(loadView(search), 0)?.artifacts?.key?.folder).toBe(folder ?? undefined);
  });
});

describe("the API input of a view", () => {
  it("has the newest first and no conditions for the default view", () => {
    const input = { where: undefined, sort: "CREATED_DESC", cursor: undefined };
    expect(latestInput(loadView(""), undefined)).toEqual(input);
    const asOf = "2026-11-01T09:00:00Z";
    expect(latestInput(loadView("?asOf=2026-11-01T09:00Z"), undefined)).toEqual({ ...input, asOf });
  });

  it.each([
    ["newest", "CREATED_DESC"],
    ["oldest", "CREATED_ASC"],
    ["updated", "UPDATED_DESC"],
    ["key", "KEY_ASC"],
    ["key-desc", "KEY_DESC"],
    ["number-desc", "NUMBER_DESC"],
    ["version", "VERSION_ASC"],
  ])("sorts by %s as %s", (sort, value) => {
    expect(latestInput(loadView(`?sort=${sort}`), undefined).sort).toBe(value);
  });

  it("has the newest first where a list has no such sort", () => {
    expect(versionsInput(loadView("?versions=all&sort=number"), undefined).sort).toBe("CREATED_DESC");
    expect(versionsInput(loadView("?versions=all&sort=size-desc"), undefined).sort).toBe("SIZE_DESC");
  });

  it("has a condition for the type and the key, and the cursor", () => {
    const view = loadView("?versions=all&type=table&key=sea&sort=key-desc&cursor=abc");
    expect(versionsInput(view, whereOf(view, 0))).toEqual({
      where: { artifacts: { type: { any: ["table"] }, key: { contains: "sea" } } },
      sort: "KEY_DESC",
      cursor: "abc",
    });
  });

  it("has a condition for artifacts without a key instead of the key filter", () => {
    const where = whereOf(loadView("?keys=none&key=sea&where=key=a;rows?"), 0);
    expect(where).toEqual({ artifacts: { key: { exists: false }, rows: { isNull: false } } });
  });

  it("has conditions for the description and the creation time", () => {
    expect(whereOf(loadView("?description=in+all&created=2026-11-01..2026-11-05"), 0)?.artifacts).toEqual({
      description: { contains: "in all" },
      created: { after: "2026-11-01T00:00:00Z", before: "2026-11-05T23:59:59.999999Z" },
    });
  });

  it("counts time spans from the time whose past it shows", () => {
    const view = loadView("?created=7d&asOf=2020-03-08T00:00:00Z");
    expect(whereOf(view, timeOf(view.asOf))?.artifacts?.created).toEqual({ after: "2020-03-01T00:00:00.000Z" });
    expect(timeOf("2199-01-01T00:00:00Z")).toBeLessThanOrEqual(Date.now());
  });

  it("has conditions for the run that produced the artifact", () => {
    expect(whereOf(loadView("?flow=etl&deployment=prod&state=FAILED&tags=eu,us"), 0)).toEqual({
      flows: { name: { any: ["etl"] } },
      deployments: { name: { any: ["prod"] } },
      flowRuns: { state: { type: { any: ["FAILED"] } }, tags: { all: ["eu", "us"] } },
    });
  });

  it("is valid for every view", () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const first = { ...view, cursor: "" };
        expect(ArtifactPage.safeParse(versionsInput(first, whereOf(first, timeOf()))).error).toBeUndefined();
        expect(CollectionPage.safeParse(latestInput(first, whereOf(first, timeOf()))).error).toBeUndefined();
        expect(ArtifactCount.safeParse({ where: whereOf(view, timeOf()) }).error).toBeUndefined();
      }),
    );
  });
});

describe("the filter of a view", () => {
  it("has a condition for each parameter, then the others, which replace those of the same kind", () => {
    const search = "?tags=eu,night&state=FAILED&created=7d&type=table&key=sea&where=type=link;rows:10..";
    const texts = conditionsOf(loadView(search)).map(({ field, operator, values }) => [field, operator, ...values]);
    expect(texts).toEqual([
      ["key", "contains", "sea"],
      ["created", "in", "7d"],
      ["state", "is", "FAILED"],
      ["runtag", "all", "eu", "night"],
      ["type", "is", "link"],
      ["rows", "in", "10.."],
    ]);
  });

  it("leaves out the key where artifacts have none", () => {
    expect(conditionsOf(loadView("?keys=none&key=sea&where=versions:2.."))).toEqual([]);
  });

  it("is written as before where it says no more than before", () => {
    const view = loadView("?type=table&key=sea&cursor=abc");
    expect(hrefOf(filteredBy(view, conditionsOf(view)))).toBe("/artifacts?type=table&key=sea");
    const [, type] = conditionsOf(view);
    if (!type) throw new Error("the type is second");
    const more = withCondition(conditionsOf(view), { ...type, values: ["table", "link"] }, type);
    expect(hrefOf(filteredBy(view, more))).toBe("/artifacts?key=sea&where=type=table,link");
  });

  it("is kept by the view of its conditions", () => {
    const texts = (conditions: Condition[]) => conditions.map((each) => JSON.stringify(each)).sort();
    fc.assert(
      fc.property(anyView, (view) => {
        const conditions = conditionsOf(view);
        const again = filteredBy(view, conditions);
        expect(texts(conditionsOf(again))).toEqual(texts(conditions));
        expect(fromHref(hrefOf(again))).toEqual(again);
        for (const condition of conditions) {
          const rest = conditions.filter((each) => each !== condition);
          expect(texts(conditionsOf(filteredBy(view, rest)))).toEqual(texts(rest));
        }
        expect(conditionsOf(filteredBy(view, []))).toEqual([]);
        expect(isFiltered(filteredBy(view, []))).toBe(view.q !== "");
        if (conditions.length > 0) expect(isFiltered(view)).toBe(true);
      }),
    );
  });
});

describe("the display of a view", () => {
  const stored = { columns: [{ id: "size", width: 80 }], isComfortable: true };

  it("is what the reader last chose, as far as the URL does not say it", () => {
    expect(displayOf(loadView(""), stored)).toBe(stored);
    expect(displayOf(loadView("?density=compact"), stored)).toEqual({ ...stored, isComfortable: false });
    expect(displayOf(loadView("?columns=type-112,gone-80,metadata.a%252Cb-99,x"), stored)).toEqual({
      columns: [
        { id: "type", width: 112 },
        { id: "metadata.a,b", width: 99 },
      ],
      isComfortable: true,
    });
  });

  it("reads back from the URL as the same", () => {
    const name = fc.string({ unit: "binary", minLength: 1, maxLength: 20 }).map((text) => text.toWellFormed());
    const id = fc.oneof(
      fc.constantFrom("type", "value"),
      name.map((text) => `metadata.${text}`),
    );
    const column = fc.record({ id, width: fc.integer({ min: 56, max: 800 }) });
    const columns = fc.uniqueArray(column, { selector: ({ id }) => id, maxLength: 12 });
    fc.assert(
      fc.property(fc.record({ columns, isComfortable: fc.boolean() }), (display) => {
        expect(displayOf(fromHref(hrefOf(withDisplay(loadView(""), display))), null)).toEqual(display);
      }),
    );
  });
});

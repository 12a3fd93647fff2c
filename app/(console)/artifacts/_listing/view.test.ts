import fc from "fast-check";
import { createSerializer } from "nuqs/server";
import { describe, expect, it } from "vitest";
import { ArtifactCount, ArtifactPage } from "#contract/artifact";
import { CollectionPage } from "#contract/collection";
import { STATE_TYPES } from "#contract/state";
import { SPANS } from "./created";
import {
  activeFilters,
  filterOf,
  GROUPS,
  groupOf,
  hrefOf,
  LAYOUTS,
  latestInput,
  loadView,
  NO_FILTERS,
  SORTS,
  scopeOf,
  sortingOf,
  versionsInput,
  viewParsers,
  whereOf,
} from "./view";

const serialize = createSerializer(viewParsers);
const fromHref = (href: string) => loadView(href.slice("/artifacts".length));

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
  created: fc.constantFrom("", ...Object.keys(SPANS), "2026-11-01..", "..2026-11-05", "2026-11-01..2026-11-05"),
  show: fc.option(fc.constantFrom(...LAYOUTS)),
  sort: fc.constantFrom(...SORTS),
  group: fc.constantFrom(...GROUPS),
  cursor: fc.string({ maxLength: 20 }),
});

describe("the URL of a view", () => {
  it("has no parameters for the default view", () => {
    expect(hrefOf(loadView(""))).toBe("/artifacts");
  });

  it("reads back as the same view", () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect(fromHref(hrefOf(view))).toEqual(view);
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

describe("the API input of a view", () => {
  it("has the newest first and no conditions for the default view", () => {
    expect(latestInput(loadView(""))).toEqual({ where: undefined, sort: "CREATED_DESC", cursor: undefined });
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
    expect(latestInput(loadView(`?sort=${sort}`)).sort).toBe(value);
  });

  it("has the newest first where a list has no such sort", () => {
    expect(versionsInput(loadView("?versions=all&sort=number")).sort).toBe("CREATED_DESC");
    expect(versionsInput(loadView("?versions=all&sort=size-desc")).sort).toBe("SIZE_DESC");
  });

  it("has a condition for the type and the key, and the cursor", () => {
    expect(versionsInput(loadView("?versions=all&type=table&key=sea&sort=key-desc&cursor=abc"))).toEqual({
      where: { artifacts: { type: { any: ["table"] }, key: { contains: "sea" } } },
      sort: "KEY_DESC",
      cursor: "abc",
    });
  });

  it("has a condition for artifacts without a key instead of the key filter", () => {
    expect(filterOf(loadView("?keys=none&key=sea"))).toEqual({ key: { exists: false } });
  });

  it("has conditions for the description and the creation time", () => {
    expect(filterOf(loadView("?description=in+all&created=2026-11-01..2026-11-05"))).toEqual({
      description: { contains: "in all" },
      created: { after: "2026-11-01T00:00:00Z", before: "2026-11-05T23:59:59.999999Z" },
    });
  });

  it("has conditions for the run that produced the artifact", () => {
    expect(whereOf(loadView("?flow=etl&deployment=prod&state=FAILED&tags=eu,us"))).toEqual({
      flows: { name: { any: ["etl"] } },
      deployments: { name: { any: ["prod"] } },
      flowRuns: { state: { type: { any: ["FAILED"] } }, tags: { all: ["eu", "us"] } },
    });
  });

  it("is valid for every view", () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const first = { ...view, cursor: "" };
        expect(ArtifactPage.safeParse(versionsInput(first)).error).toBeUndefined();
        expect(CollectionPage.safeParse(latestInput(first)).error).toBeUndefined();
        expect(ArtifactCount.safeParse({ where: whereOf(view) }).error).toBeUndefined();
      }),
    );
  });
});

describe("the active filters of a view", () => {
  it("are listed in the order of display with a value to read", () => {
    const search = "?tags=eu,night&state=FAILED&deployment=prod&flow=etl&created=7d&description=x&type=table&key=sea";
    expect(activeFilters(loadView(search)).map(({ field, value }) => `${field} ${value}`)).toEqual([
      "key sea",
      "type table",
      "description x",
      "created last 7 days",
      "flow etl",
      "deployment prod",
      "run state Failed",
      "run tag eu",
      "run tag night",
    ]);
  });

  it("leave out the key where artifacts have none", () => {
    expect(activeFilters(loadView("?keys=none&key=sea"))).toEqual([]);
  });

  it("link to the first page of the view without the filter", () => {
    const filters = activeFilters(loadView("?type=table&key=sea&cursor=abc"));
    expect(filters.map(({ without }) => hrefOf(without))).toEqual(["/artifacts?type=table", "/artifacts?key=sea"]);
  });

  it("clear one filter each, and only that", () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const filters = activeFilters(view);
        for (const [index, { without }] of filters.entries()) {
          const rest = filters.filter((_, at) => at !== index);
          expect(activeFilters(without).map(({ field, value }) => [field, value])).toEqual(
            rest.map(({ field, value }) => [field, value]),
          );
        }
      }),
    );
  });

  it("are none once every filter is cleared", () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const cleared = serialize("/artifacts", { ...view, ...NO_FILTERS });
        expect(activeFilters(fromHref(cleared))).toEqual([]);
      }),
    );
  });
});

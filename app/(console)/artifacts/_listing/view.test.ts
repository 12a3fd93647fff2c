import { describe, expect, it } from "vitest";
import { ArtifactPage } from "#contract/artifact";
import { activeFilters, filterOf, hrefOf, loadView, pageInput, scopeOf } from "./view";

describe("the list's view", () => {
  it("is the latest of every key, newest first, when the URL says nothing", () => {
    const view = loadView("");
    expect(scopeOf(view)).toBe("latest");
    expect(pageInput(view)).toEqual({ where: undefined, sort: "CREATED_DESC", cursor: undefined });
  });

  it("turns what the URL says into the filter, and every sort into one the contract knows", () => {
    const view = loadView("?versions=all&type=table&key=sea&sort=key-desc&cursor=abc");
    expect(scopeOf(view)).toBe("all");
    expect(pageInput(view)).toEqual({
      where: { artifacts: { type: { any: ["table"] }, key: { contains: "sea" } } },
      sort: "KEY_DESC",
      cursor: "abc",
    });
    for (const sort of ["newest", "oldest", "updated", "key", "key-desc"]) {
      expect(ArtifactPage.safeParse(pageInput(loadView(`?sort=${sort}`))).success).toBe(true);
    }
  });

  it("leaves the key filter out where there are no keys", () => {
    const view = loadView("?keys=none&key=sea");
    expect(scopeOf(view)).toBe("keyless");
    expect(filterOf(view)).toEqual({ key: { exists: false } });
    expect(activeFilters(view)).toEqual([]);
  });

  it("falls back to the default for words it does not know", () => {
    const view = loadView("?versions=none&sort=random&keys=1&other=x");
    expect(view).toEqual(loadView(""));
  });

  it("comes back from its own address, whatever is typed", () => {
    const view = { ...loadView("?versions=all"), key: "a&b=%#?", type: "my type", sort: "oldest" as const };
    expect(loadView(hrefOf(view).slice("/artifacts".length))).toEqual(view);
    expect(hrefOf(loadView(""))).toBe("/artifacts");
  });

  it("knows what each filter would be without, and leaves the page behind", () => {
    const dropped = activeFilters(loadView("?type=table&key=sea&cursor=abc"));
    expect(dropped.map(({ without }) => hrefOf(without))).toEqual(["/artifacts?type=table", "/artifacts?key=sea"]);
  });

  it("filters by words of the description and by when it was created", () => {
    const view = loadView("?description=in+all&created=2026-11-01..2026-11-05");
    expect(filterOf(view)).toEqual({
      description: { contains: "in all" },
      created: { after: "2026-11-01T00:00:00Z", before: "2026-11-05T23:59:59.999999Z" },
    });
    expect(activeFilters(view).map(({ about, without }) => [about, hrefOf(without)])).toEqual([
      ["description", "/artifacts?created=2026-11-01..2026-11-05"],
      ["created", "/artifacts?description=in+all"],
    ]);
  });

  it("filters by what produced the rows, and drops each by itself", () => {
    const view = loadView("?flow=etl&deployment=prod&state=FAILED&tags=eu,night%2Cly");
    expect(pageInput(view).where).toEqual({
      flows: { name: { any: ["etl"] } },
      deployments: { name: { any: ["prod"] } },
      flowRuns: { state: { type: { any: ["FAILED"] } }, tags: { all: view.tags } },
    });
    expect(ArtifactPage.safeParse(pageInput(view)).success).toBe(true);
    expect(activeFilters(view).map(({ about, value }) => `${about} ${value}`)).toEqual([
      "flow etl",
      "deployment prod",
      "state Failed",
      ...view.tags.map((tag) => `tag ${tag}`),
    ]);
    for (const { without } of activeFilters(view))
      expect(activeFilters(without)).toHaveLength(activeFilters(view).length - 1);
    expect(loadView(hrefOf(view).slice("/artifacts".length))).toEqual(view);
  });
});

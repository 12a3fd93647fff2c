import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CollectionSort } from "#contract/artifact";
import { type SavedView, ViewCreate } from "#contract/view";
import { hrefOf, LAYOUTS, loadView, SORTS } from "../view";
import { changesOf, isModified, savedHref, stateOf, unknownColumns } from "./saved-view";

const NOTHING = { query: "", sort: null, columns: null, density: null, layout: null };
const saved = (state: Partial<SavedView> = {}): SavedView => ({
  ...NOTHING,
  id: "0193a1b2-0000-7000-8000-000000000001",
  name: "Weather",
  shared: false,
  isDefault: false,
  created: "",
  updated: "",
  ...state,
});
const opened = (view: SavedView) => loadView(savedHref(view).slice("/artifacts".length));

describe("a saved view", () => {
  it("opens as what was saved, whatever that was", () => {
    const columns = fc.uniqueArray(
      fc.record({ id: fc.constantFrom("type", "size", "metadata.a;b,c"), width: fc.integer({ min: 56, max: 800 }) }),
      { selector: ({ id }) => id },
    );
    const view = fc.record({
      type: fc.string({ maxLength: 20 }),
      key: fc.string({ maxLength: 20 }),
      where: fc.constantFrom("", "rows:10..;type!=a"),
      versions: fc.constantFrom("latest" as const, "all" as const),
      sort: fc.constantFrom(...SORTS),
      show: fc.option(fc.constantFrom(...LAYOUTS)),
      columns: fc.option(columns.map((list) => list.map(({ id, width }) => `${id}-${width}`))),
      density: fc.option(fc.constantFrom("compact" as const, "comfortable" as const)),
      cursor: fc.string({ maxLength: 5 }),
    });
    fc.assert(
      fc.property(view, (parts) => {
        const shown = { ...loadView(""), ...parts };
        const state = ViewCreate.parse({ name: "Weather", ...stateOf(shown) });
        const again = saved({ ...state });
        expect(isModified(opened(again), again)).toBe(false);
        expect(stateOf(opened(again))).toEqual(stateOf(shown));
      }),
    );
  });

  it("is modified by a filter, an order, a column or a layout, and not by the next page", () => {
    const view = saved({ query: "type=table", sort: "KEY_ASC", columns: [{ id: "type", width: 112 }] });
    const shown = opened(view);
    expect(isModified({ ...shown, cursor: "next" }, view)).toBe(false);
    for (const change of [
      { type: "" },
      { sort: "key-desc" as const },
      { columns: ["type-113"] },
      { density: "compact" as const },
      { show: "cards" as const },
    ]) {
      expect(isModified({ ...shown, ...change }, view)).toBe(true);
    }
  });

  it("keeps columns that are unknown here, unless others are changed", () => {
    const columns = [
      { id: "type", width: 112 },
      { id: "later", width: 80 },
    ];
    const view = saved({ columns, density: "compact" });
    expect(unknownColumns(view)).toEqual(["later"]);
    expect(isModified(opened(view), view)).toBe(false);
    expect(changesOf({ ...opened(view), type: "table" }, view)).not.toHaveProperty("columns");
    expect(changesOf({ ...opened(view), columns: ["type-99"] }, view)).toMatchObject({
      columns: [{ id: "type", width: 99 }],
    });
  });

  it("is saved without columns of the URL that are not columns", () => {
    const shown = loadView(`?columns=type,size-80,other-80,type-112,size-9&view=${saved().id}`);
    const state = stateOf(shown);
    expect(state.columns).toEqual([
      { id: "size", width: 56 },
      { id: "type", width: 112 },
    ]);
    expect(ViewCreate.parse({ name: "Weather", ...state })).toMatchObject(state);
    expect(isModified(shown, saved(state))).toBe(false);
  });

  it("opens with every sort that the API has", () => {
    for (const sort of CollectionSort.options) expect(SORTS).toContain(opened(saved({ sort })).sort);
    expect(opened(saved({ sort: "NUMBER_DESC" })).sort).toBe("number-desc");
  });

  it("opens in the past that the list shows", () => {
    const view = saved({ query: "type=table" });
    const asOf = "2026-11-01T09:00:00Z";
    const shown = loadView(savedHref(view, asOf).slice("/artifacts".length));
    expect(shown).toEqual({ ...opened(view), asOf });
    expect(isModified(shown, view)).toBe(false);
  });

  it("ignores parameters that a query cannot have", () => {
    const view = saved({ query: "type=table&cursor=x&view=none&sort=key&show=cards&other=1" });
    expect(savedHref(view)).toBe(hrefOf({ type: "table", view: view.id }));
  });
});

import { describe, expect, it } from "vitest";
import { availableMeasures, measureName, PAGE_SIZE, pageStart, parseView, selectedMeasure, viewHref } from "./view";

const view = {
  version: null,
  label: null,
  tab: "content" as const,
  from: null,
  chart: null,
  axis: "version" as const,
  with: [],
  zoom: null,
};

describe("the URL of a key's page", () => {
  it("holds the view and is read back", () => {
    const selected = {
      version: 7,
      tab: "raw" as const,
      from: 120,
      chart: "rows" as const,
      axis: "time" as const,
      with: ["key:a,b"],
      zoom: { from: 12, to: 40 },
    };
    const href = viewHref("a-key", selected);
    expect(href).toBe(
      "/artifacts/key/a-key?version=7&tab=raw&from=120&chart=rows&axis=time&with=key:a%252Cb&zoom=12-40",
    );
    expect(parseView(new URL(href, "http://localhost").searchParams)).toEqual({ ...selected, label: null });
    expect(
      parseView({
        ...{ version: "7", tab: "raw", from: "120", chart: "rows", axis: "time" },
        ...{ with: "key:a%2Cb", zoom: "12-40" },
      }),
    ).toEqual({ ...selected, label: null });
  });

  it("is short for the default view", () => {
    expect(viewHref("a-key")).toBe("/artifacts/key/a-key");
    expect(viewHref("a-key", view)).toBe("/artifacts/key/a-key");
    expect(parseView({})).toEqual(view);
  });

  it("keeps the other parameters, and the slashes of a key", () => {
    const query = new URLSearchParams("version=3&table-sort=n.desc");
    expect(viewHref("team/a key", { version: 4 }, query)).toBe(
      "/artifacts/key/team/a%20key?version=4&table-sort=n.desc",
    );
    expect(viewHref("a-key", { version: null }, query)).toBe("/artifacts/key/a-key?table-sort=n.desc");
  });

  it.each(["", "3", "3-", "0-3", "3-3", "4-3", "a-b", "1-2-3", "1-9999999999"])("takes %j for no zoom", (zoom) => {
    expect(parseView({ zoom }).zoom).toBeNull();
  });

  it.each(["production", "x", "a-1"])("reads %j as a label, and keeps it beside another tab", (label) => {
    expect(parseView({ version: label })).toEqual({ ...view, label });
    const query = new URLSearchParams({ version: label });
    expect(viewHref("a-key", { tab: "raw" }, query)).toBe(`/artifacts/key/a-key?version=${label}&tab=raw`);
    expect(viewHref("a-key", { version: null }, query)).toBe("/artifacts/key/a-key");
  });

  it("reads latest as the default", () => {
    expect(parseView({ version: "latest" })).toEqual(view);
  });

  it.each(["0", "-3", "X", "a_b", "", "99999999999999999999"])("reads the impossible version %j as 0", (version) => {
    expect(parseView({ version, from: version, chart: "pie", tab: "x" })).toEqual({ ...view, version: 0 });
    expect(parseView(new URLSearchParams({ version })).version).toBe(0);
  });
});

describe("pageStart", () => {
  it("is the latest version unless another is far below", () => {
    expect(pageStart(10_000, 10_000)).toBeNull();
    expect(pageStart(3, 4)).toBeNull();
    expect(pageStart(10_001 - PAGE_SIZE, 10_000)).toBeNull();
  });

  it("is the same for all versions of a stretch, which are in the lower half of the page", () => {
    expect([76, 77, 100].map((version) => pageStart(version, 10_000))).toEqual([125, 125, 125]);
    expect([75, 101].map((version) => pageStart(version, 10_000))).toEqual([100, 150]);
    for (let version = 1; version < 200; version += 1) {
      const start = pageStart(version, 10_000) ?? 0;
      expect(start - version).toBeGreaterThanOrEqual(PAGE_SIZE / 2);
      expect(start - version).toBeLessThan(PAGE_SIZE);
    }
  });
});

describe("availableMeasures", () => {
  it("has the number and the rows if the latest version has them, and always the size", () => {
    expect(availableMeasures({ number: 4, rows: null })).toEqual(["number", "size"]);
    expect(availableMeasures({ number: 0, rows: 0 })).toEqual(["number", "rows", "size"]);
    expect(availableMeasures({ number: null, rows: 4 })).toEqual(["rows", "size"]);
    expect(availableMeasures({ number: null, rows: null })).toEqual(["size"]);
  });
});

describe("selectedMeasure", () => {
  it("is by default the number if there is one", () => {
    expect(selectedMeasure(view, ["number", "size"])).toBe("number");
    expect(selectedMeasure(view, ["rows", "size"])).toBeNull();
  });

  it("is the one in the URL if available", () => {
    expect(selectedMeasure({ ...view, chart: "rows" }, ["rows", "size"])).toBe("rows");
    expect(selectedMeasure({ ...view, chart: "rows" }, ["size"])).toBeNull();
    expect(selectedMeasure({ ...view, chart: "none" }, ["number", "size"])).toBeNull();
  });
});

describe("measureName", () => {
  it.each([
    ["number", "progress", "Progress"],
    ["number", "number", "Number"],
    ["number", null, "Number"],
    ["rows", "table", "Rows"],
    ["rows", "files", "Files"],
    ["size", "progress", "Size"],
  ] as const)("names %s of type %s", (measure, type, name) => {
    expect(measureName(measure, type)).toBe(name);
  });
});

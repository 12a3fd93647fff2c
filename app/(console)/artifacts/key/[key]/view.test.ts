import { describe, expect, it } from "vitest";
import {
  availableMeasures,
  historyHref,
  historyStart,
  loadHistory,
  measureName,
  PAGE_SIZE,
  selectedMeasure,
} from "./view";

const view = { version: null, from: null, chart: null };

describe("the URL of a history", () => {
  it("holds the view and is read back", async () => {
    const selected = { version: 7, from: 120, chart: "rows" as const };
    const href = historyHref("a-key", selected);
    expect(href).toBe("/artifacts/key/a-key?version=7&from=120&chart=rows");
    expect(await loadHistory(Promise.resolve({ version: "7", from: "120", chart: "rows" }))).toEqual(selected);
  });

  it("is short for the default view", async () => {
    expect(historyHref("a-key")).toBe("/artifacts/key/a-key");
    expect(historyHref("a-key", view)).toBe("/artifacts/key/a-key");
    expect(await loadHistory(Promise.resolve({}))).toEqual(view);
  });

  it.each(["0", "-3", "x", "", "99999999999999999999"])("ignores the impossible version %j", async (version) => {
    expect(await loadHistory(Promise.resolve({ version, from: version, chart: "pie" }))).toEqual(view);
  });
});

describe("historyStart", () => {
  it("is the latest version unless another is open far below", () => {
    expect(historyStart(view, 10_000)).toBeNull();
    expect(historyStart({ ...view, version: 9_980 }, 10_000)).toBeNull();
    expect(historyStart({ ...view, version: 3 }, 4)).toBeNull();
  });

  it("puts an open version far below into the middle of the page", () => {
    expect(historyStart({ ...view, version: 500 }, 10_000)).toBe(525);
    expect(historyStart({ ...view, version: 10_000 - PAGE_SIZE }, 10_000)).toBe(9_975);
    expect(historyStart({ ...view, version: 10_001 - PAGE_SIZE }, 10_000)).toBeNull();
  });

  it("is what the URL says", () => {
    expect(historyStart({ ...view, version: 500, from: 90 }, 10_000)).toBe(90);
    expect(historyStart({ ...view, from: 90 }, 10_000)).toBe(90);
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
    ["size", "progress", "Size"],
  ] as const)("names %s of type %s", (measure, type, name) => {
    expect(measureName(measure, type)).toBe(name);
  });
});

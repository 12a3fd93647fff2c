import { expect, it } from "vitest";
import { availableMeasures, firstVersionShown, historyHref, loadHistory, selectedMeasure } from "./view";

const view = { version: null, from: null, chart: null };

it("says in the URL what is open, from where and what is drawn, and reads it back", async () => {
  const asked = { version: 7, from: 120, chart: "rows" as const };
  const href = historyHref("a-key", asked);
  expect(href).toBe("/artifacts/key/a-key?version=7&from=120&chart=rows");
  expect(await loadHistory(Promise.resolve({ version: "7", from: "120", chart: "rows" }))).toEqual(asked);
});

it.each(["0", "-3", "x", "99999999999999999999"])("leaves out the number %s, which no version has", async (n) => {
  expect(await loadHistory(Promise.resolve({ version: n, from: n, chart: "pie" }))).toMatchObject({ from: null });
});

it("shows the part of a long history that holds the open version", () => {
  expect(firstVersionShown(view, 10_000)).toBeNull();
  expect(firstVersionShown({ ...view, version: 9_980 }, 10_000)).toBeNull();
  expect(firstVersionShown({ ...view, version: 500 }, 10_000)).toBe(525);
  expect(firstVersionShown({ ...view, version: 500, from: 90 }, 10_000)).toBe(90);
});

it("draws a number where the latest is one, rows where it has them, and its size always", () => {
  expect(availableMeasures({ number: 4, rows: null })).toEqual(["number", "size"]);
  expect(availableMeasures({ number: null, rows: 4 })).toEqual(["rows", "size"]);
  expect(availableMeasures({ number: null, rows: null })).toEqual(["size"]);
});

it("draws a number by itself, anything else when asked, and nothing that the versions have not", () => {
  expect(selectedMeasure(view, ["number", "size"])).toBe("number");
  expect(selectedMeasure(view, ["rows", "size"])).toBeNull();
  expect(selectedMeasure({ ...view, chart: "rows" }, ["rows", "size"])).toBe("rows");
  expect(selectedMeasure({ ...view, chart: "rows" }, ["size"])).toBeNull();
  expect(selectedMeasure({ ...view, chart: "none" }, ["number", "size"])).toBeNull();
});

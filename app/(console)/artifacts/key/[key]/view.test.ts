import { expect, it } from "vitest";
import { drawnOf, fromOf, historyHref, loadHistory, measuresOf } from "./view";

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
  expect(fromOf(view, 10_000)).toBeNull();
  expect(fromOf({ ...view, version: 9_980 }, 10_000)).toBeNull();
  expect(fromOf({ ...view, version: 500 }, 10_000)).toBe(525);
  expect(fromOf({ ...view, version: 500, from: 90 }, 10_000)).toBe(90);
});

it("draws a number where the latest is one, rows where it has them, and its size always", () => {
  expect(measuresOf({ number: 4, rows: null })).toEqual(["number", "size"]);
  expect(measuresOf({ number: null, rows: 4 })).toEqual(["rows", "size"]);
  expect(measuresOf({ number: null, rows: null })).toEqual(["size"]);
});

it("draws a number by itself, anything else when asked, and nothing that the versions have not", () => {
  expect(drawnOf(view, ["number", "size"])).toBe("number");
  expect(drawnOf(view, ["rows", "size"])).toBeNull();
  expect(drawnOf({ ...view, chart: "rows" }, ["rows", "size"])).toBe("rows");
  expect(drawnOf({ ...view, chart: "rows" }, ["size"])).toBeNull();
  expect(drawnOf({ ...view, chart: "none" }, ["number", "size"])).toBeNull();
});

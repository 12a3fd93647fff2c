import { expect, it } from "vitest";
import { activeFilters, loadRuns, runsHref, runsWhere } from "./view";

it("says in the URL what is filtered by, and reads it back", async () => {
  const view = { flow: "nightly etl", state: "FAILED" as const, cursor: "" };
  const href = runsHref(view);
  expect(href).toBe("/runs?flow=nightly+etl&state=FAILED");
  expect(await loadRuns(Promise.resolve(Object.fromEntries(new URL(href, "http://here").searchParams)))).toEqual(view);
});

it("asks for what the view says, and for everything where it says nothing", () => {
  expect(runsWhere({ flow: "", state: null, cursor: "x" })).toBeUndefined();
  expect(runsWhere({ flow: "etl", state: "RUNNING", cursor: "" })).toEqual({
    flowRuns: { state: { type: { any: ["RUNNING"] } } },
    flows: { name: { any: ["etl"] } },
  });
});

it("leaves out a state that is none, and drops one filter at a time", async () => {
  expect((await loadRuns(Promise.resolve({ state: "GONE" }))).state).toBeNull();
  expect(activeFilters({ flow: "etl", state: "FAILED", cursor: "x" })).toEqual([
    { name: "the flow “etl”", without: { flow: "", state: "FAILED", cursor: "" } },
    { name: "the state “Failed”", without: { flow: "etl", state: null, cursor: "" } },
  ]);
});

import { expect, it } from "vitest";
import { activeFilters, loadRuns, type RunsView, runsHref, runsWhere } from "./view";

const NOW = Date.parse("2026-11-25T12:00:42Z");
const everything: RunsView = { name: "", flow: "", state: null, tags: [], started: null, cursor: "" };

it("says in the URL what is filtered by, and reads it back", async () => {
  const view: RunsView = { ...everything, name: "7", flow: "nightly etl", state: "FAILED", tags: ["eu", "a,b"] };
  const href = runsHref({ ...view, started: "7d" });
  expect(href).toBe("/runs?name=7&flow=nightly+etl&state=FAILED&tags=eu,a%252Cb&started=7d");
  const read = await loadRuns(Promise.resolve(Object.fromEntries(new URL(href, "http://here").searchParams)));
  expect(read).toEqual({ ...view, started: "7d" });
});

it("asks for what the view says, and for everything where it says nothing", () => {
  expect(runsWhere({ ...everything, cursor: "x" }, NOW)).toBeUndefined();
  expect(runsWhere({ ...everything, flow: "etl", state: "RUNNING", tags: ["eu"], started: "24h" }, NOW)).toEqual({
    flowRuns: {
      state: { type: { any: ["RUNNING"] } },
      tags: { all: ["eu"] },
      startTime: { after: "2026-11-24T12:00:00.000Z" },
    },
    flows: { name: { any: ["etl"] } },
  });
});

it("leaves out what is no state and no span, and drops one filter at a time", async () => {
  const odd = { state: "GONE", started: "3d", tags: " eu, us,," };
  expect(await loadRuns(Promise.resolve(odd))).toMatchObject({ state: null, started: null, tags: ["eu", "us"] });
  const view: RunsView = { ...everything, flow: "etl", state: "FAILED", tags: ["a", "b"], started: "1h", cursor: "x" };
  const rest = { ...view, cursor: "" };
  expect(activeFilters(view)).toEqual([
    { name: "the flow “etl”", without: { ...rest, flow: "" } },
    { name: "the state “Failed”", without: { ...rest, state: null } },
    { name: "the tag “a”", without: { ...rest, tags: ["b"] } },
    { name: "the tag “b”", without: { ...rest, tags: ["a"] } },
    { name: "the last hour", without: { ...rest, started: null } },
  ]);
});

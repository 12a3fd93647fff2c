import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { FlowRun } from "#contract/flow-run";
import { distinct } from "./producer-queries";
import { ProducerLine } from "./producers";

const ID = "0199b3c8-0000-7000-8000-000000000001";

const run: FlowRun = {
  id: ID,
  flowId: "0199b3c8-0000-7000-8000-000000000002",
  name: "nightly-7",
  deploymentId: null,
  parentTaskRunId: null,
  idempotencyKey: null,
  flowVersion: null,
  workQueueName: null,
  tags: [],
  parameters: {},
  createdBy: null,
  state: null,
  expectedStartTime: null,
  nextScheduledStartTime: null,
  runCount: 0,
  retries: null,
  retryDelay: null,
  startTime: null,
  endTime: null,
  created: "2026-11-23T03:45:00.123456Z",
  updated: "2026-11-23T03:45:00.123456Z",
};

it("names the flow and links to the run", () => {
  const html = renderToStaticMarkup(<ProducerLine id={ID} producer={{ known: true, run, flow: "etl" }} />);
  expect(html).toContain("etl ");
  expect(html).toContain(`href="/runs/flow-run/${ID}"`);
  expect(html).toContain(">nightly-7<");
});

it("is the name of the run alone where it is short", () => {
  const html = renderToStaticMarkup(<ProducerLine id={ID} producer={{ known: true, run, flow: "etl" }} short />);
  expect(html).toContain(">nightly-7<");
  expect(html).not.toContain("href");
  expect(html).toContain('title="etl / nightly-7"');
});

it("is the start of the id while the run loads", () => {
  const html = renderToStaticMarkup(<ProducerLine id={ID} producer={{ known: true, run: null, flow: null }} />);
  expect(html).toContain(`title="${ID}"`);
  expect(html).not.toContain("unknown");
});

it("says that a run is unknown", () => {
  const html = renderToStaticMarkup(<ProducerLine id={ID} producer={{ known: false, run: null, flow: null }} />);
  expect(html).toContain("0199b3c8</span> · unknown");
});

it("makes equal lists of equal sets of ids", () => {
  expect(distinct(["b", null, "a", "b"])).toEqual(["a", "b"]);
  expect(distinct(["a", "b"])).toEqual(distinct(["b", "a", null]));
  expect(distinct([null])).toEqual([]);
});

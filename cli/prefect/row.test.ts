import { describe, expect, test } from "vitest";
import { parseRows, toTimestamp } from "./row";

const ID = "0199b3c8-0000-7000-8000-000000000001";
const FLOW = "0199b3c8-0000-7000-8000-000000000002";
const times = { created: "2026-11-01T10:00:00Z", updated: "2026-11-01T10:00:00.5+00:00" };
const timestamps = { created: "2026-11-01T10:00:00.000000Z", updated: "2026-11-01T10:00:00.500000Z" };

test.each([
  ["2026-11-01T10:00:00Z", "2026-11-01T10:00:00.000000Z"],
  ["2026-11-01T10:00:00.123456Z", "2026-11-01T10:00:00.123456Z"],
  ["2026-11-01T10:00:00.5+00:00", "2026-11-01T10:00:00.500000Z"],
  ["2026-11-01T10:00:00+02:00", "2026-11-01T10:00:00+02:00"],
  [null, "null"],
])("toTimestamp(%j)", (value, timestamp) => {
  expect(toTimestamp(value)).toBe(timestamp);
});

describe("parseRows", () => {
  test("keeps the exact text of the data of artifacts", () => {
    const data = ['{"z":1.0,"data":[123456789012345678901]}', '"\\u0000"', "null", "[ 1e3 ]"];
    const rows = data.map((text, i) => {
      const fields = { id: ID.replace(/1$/, String(i + 1)), key: `key-${i}`, type: "json", ...times };
      return `${JSON.stringify(fields).slice(0, -1)},"data":${text}}`;
    });
    const parsed = parseRows("artifacts", `[${rows.join(", ")}]`);
    expect(parsed.map((row) => "data" in row && row.data)).toEqual(data);
    expect(parsed[0]).toMatchObject({ id: ID, key: "key-0", fields: { type: "json", ...timestamps } });
  });

  test("reads an artifact without data as null", () => {
    const [row] = parseRows("artifacts", JSON.stringify([{ id: ID, key: null, type: null, ...times }]));
    expect(row).toMatchObject({ key: null, data: "null" });
  });

  test("maps a flow run with its state, and lowers the case of its id", () => {
    const state = { type: "COMPLETED", name: "Done", message: null, timestamp: times.created, data: "dropped" };
    const run = { id: ID.toUpperCase(), name: "run", flow_id: FLOW, state, start_time: times.created, ...times };
    const by = { id: FLOW, type: "DEPLOYMENT", display_value: "nightly" };
    const [row] = parseRows("flowRuns", JSON.stringify([{ ...run, created_by: by, parameters: { n: 1 } }]));
    expect(row).toMatchObject({
      id: ID,
      key: null,
      data: null,
      fields: {
        ...timestamps,
        flowId: FLOW,
        parameters: { n: 1 },
        startTime: timestamps.created,
        state: { type: "COMPLETED", name: "Done", message: null, timestamp: timestamps.created },
        createdBy: { id: FLOW, type: "DEPLOYMENT", displayValue: "nightly" },
      },
    });
  });

  test("defaults what old versions of Prefect leave out", () => {
    const [flow] = parseRows("flows", JSON.stringify([{ id: ID, name: "etl", ...times }]));
    expect(flow).toMatchObject({ fields: { tags: [], labels: {} } });
    const deployment = { id: ID, name: "prod", flow_id: FLOW, paused: null, ...times };
    expect(parseRows("deployments", JSON.stringify([deployment]))[0]).toMatchObject({ fields: { paused: false } });
  });

  test("gives the field and the rule of a row that Vitrine does not accept", () => {
    const [row] = parseRows("artifacts", JSON.stringify([{ id: ID, key: "Upper", data: 1, ...times }]));
    expect(row).toEqual({
      id: ID,
      key: "Upper",
      reason: 'The field "key" must only contain lowercase letters, digits, dashes, dots, underscores and slashes.',
    });
  });

  test("ignores what is not a list of objects", () => {
    expect(parseRows("flows", "{}")).toEqual([]);
    expect(parseRows("flows", "not json")).toEqual([]);
    expect(parseRows("flows", '[1, null, "a"]')).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestServer } from "#test/http-server";
import { type Row, type SendForRow, type SendRequest, startRestServer } from "#test/rest-server";

let server: TestServer;
let send: SendRequest;
let sendForRow: SendForRow;
beforeAll(async () => {
  ({ server, send, sendForRow } = await startRestServer());
});
afterAll(() => server[Symbol.asyncDispose]());

const unknown = "00000000-0000-4000-8000-000000000000";

describe("flows and deployments", () => {
  it("are created once by name: 201, then 200 with the same row", async () => {
    const flow = await sendForRow("POST /flows/", { name: "etl", tags: ["a"], labels: { team: "x" } });
    expect(await sendForRow("POST /flows", { name: "etl" }, 200)).toEqual(flow);
    const body = { flow_id: flow.id, name: "nightly", work_pool_name: "ignored", tags: null, paused: true };
    const deployment = await sendForRow("POST /deployments/", body);
    expect(deployment).toMatchObject({ flow_id: flow.id, paused: true, tags: [] });
    expect(await sendForRow("GET /flows/name/etl", undefined, 200)).toEqual(flow);
    expect(await sendForRow("GET /deployments/name/etl/nightly/", undefined, 200)).toEqual(deployment);
    for (const path of ["/flows/name/none", "/deployments/name/none/nightly", `/deployments/${unknown}`]) {
      expect(await send(`GET ${path}`)).toMatchObject({
        status: 404,
        value: { detail: expect.stringMatching(/ not found$/) },
      });
    }
    expect((await send(`PATCH /flows/${flow.id}`, { tags: ["b"] })).status).toBe(204);
    expect(await sendForRow(`GET /flows/${flow.id}`, undefined, 200)).toMatchObject({
      tags: ["b"],
      labels: { team: "x" },
    });
    expect((await send("POST /deployments/filter", { flows: { name: { any_: ["etl"] } } })).value).toHaveLength(1);
    expect((await send("POST /deployments/count", { deployments: { paused: { eq_: false } } })).value).toBe(0);
    expect((await send("POST /flows/count", { flows: { name: { like_: "ET" } } })).value).toBe(1);
    expect((await send("POST /flows/filter", { flow_runs: {} })).status).toBe(422);
    expect((await send(`DELETE /deployments/${deployment.id}`)).status).toBe(204);
    expect((await send(`DELETE /deployments/${deployment.id}`)).status).toBe(404);
  });

  it("create a scheduled flow run of a deployment with both their tags, once per idempotency key", async () => {
    const flow = await sendForRow("POST /flows/", { name: "deployed" });
    const deployment = await sendForRow("POST /deployments/", {
      flow_id: flow.id,
      name: "d",
      tags: ["a"],
      work_queue_name: "q",
    });
    const path = `POST /deployments/${deployment.id}/create_flow_run`;
    const run = await sendForRow(path, { tags: ["a", "b"], parameters: { n: 1 }, idempotency_key: "once" });
    expect(run).toMatchObject({ flow_id: flow.id, deployment_id: deployment.id, state_type: "SCHEDULED" });
    expect(run).toMatchObject({ tags: ["a", "b"], work_queue_name: "q", parameters: { n: 1 } });
    expect((await sendForRow(path, { idempotency_key: "once" }, 200)).id).toBe(run.id);
    expect((await send(path)).status).toBe(201);
    expect((await send(`POST /deployments/${unknown}/create_flow_run`, {})).status).toBe(404);
  });

  it("creating an existing deployment updates the sent fields and keeps the rest", async () => {
    const flow = await sendForRow("POST /flows/", { name: "again" });
    const of = { flow_id: flow.id, name: "nightly" };
    const first = await sendForRow("POST /deployments/", {
      ...of,
      version: "1",
      tags: ["a"],
      labels: { n: 1 },
      paused: true,
    });
    const second = await sendForRow("POST /deployments/", { ...of, version: "2", description: "new", tags: null }, 200);
    const { updated: _, ...unchanged } = first;
    expect(second).toMatchObject({ ...unchanged, version: "2", description: "new" });
    const third = await sendForRow("POST /deployments/", { ...of, description: null, tags: ["b"], paused: false }, 200);
    expect(third).toMatchObject({ id: first.id, version: "2", description: null, tags: ["b"], paused: false });
    expect(await sendForRow(`GET /deployments/${first.id}`, undefined, 200)).toEqual(third);
  });

  it("keep their parameters, with which runs start that have none of that name", async () => {
    const flow = await sendForRow("POST /flows/", { name: "parametrised" });
    const stored = {
      parameters: { n: 7, deep: { list: [1, null] } },
      parameter_openapi_schema: {
        type: "object",
        properties: { n: { type: "integer", position: 0 } },
        required: ["n"],
      },
      enforce_parameter_schema: false,
      path: "/srv/flows",
      entrypoint: "flows.py:f",
      pull_steps: [{ "prefect.deployments.steps.set_working_directory": { directory: "/srv" } }],
      job_variables: { env: { A: "1" } },
    };
    const body = { flow_id: flow.id, name: "d" };
    const deployment = await sendForRow("POST /deployments/", { ...body, ...stored });
    expect(deployment).toMatchObject(stored);
    const run = (parameters?: object) =>
      sendForRow(`POST /deployments/${deployment.id}/create_flow_run`, { parameters });
    expect(await run()).toMatchObject({ parameters: stored.parameters });
    expect(await run({ n: 3 })).toMatchObject({ parameters: { n: 3, deep: { list: [1, null] } } });
    const nulls = { parameters: null, job_variables: null, enforce_parameter_schema: null, paused: null };
    expect(await sendForRow("POST /deployments/", { ...body, ...nulls }, 200)).toMatchObject(stored);
    expect((await send(`PATCH /deployments/${deployment.id}`, { parameters: {}, path: null })).status).toBe(204);
    const changed = { ...stored, parameters: {}, path: null };
    expect(await sendForRow(`GET /deployments/${deployment.id}`, undefined, 200)).toMatchObject(changed);
    expect((await send("POST /deployments/", { ...body, parameters: [1] })).status).toBe(422);
  });

  it("list the due runs for a process that serves a deployment", async () => {
    const flow = await sendForRow("POST /flows/", { name: "served" });
    const [one, other] = await Promise.all(
      ["one", "other"].map((name) => sendForRow("POST /deployments/", { flow_id: flow.id, name })),
    );
    const at = (scheduled_time: string) => ({ state: { type: "SCHEDULED", state_details: { scheduled_time } } });
    const start = (deployment: Row | undefined, body: object) =>
      sendForRow(`POST /deployments/${deployment?.id}/create_flow_run`, body);
    const later = await start(one, at("2100-01-01T00:00:00+01:00"));
    expect(later).toMatchObject({
      expected_start_time: expect.stringMatching(/^2099-12-31T23/),
      next_scheduled_start_time: later.expected_start_time,
    });
    const now = await start(one, {});
    await start(other, {});
    const due = async (more: object) => {
      const { status, value } = await send("POST /deployments/get_scheduled_flow_runs", {
        deployment_ids: [one?.id],
        ...more,
      });
      expect(status).toBe(200);
      return (value as Row[]).map(({ id }) => id); // a list returns rows
    };
    const soon = { scheduled_before: new Date(Date.now() + 60_000).toISOString() };
    expect(await due(soon)).toEqual([now.id]);
    expect(await due({})).toEqual([now.id, later.id]);
    expect(await due({ limit: 1 })).toEqual([now.id]);
    expect((await send(`POST /flow_runs/${now.id}/set_state`, { state: { type: "PENDING" } })).status).toBe(201);
    expect(await due(soon)).toEqual([]);
    const retry = { type: "SCHEDULED", name: "AwaitingRetry", state_details: { scheduled_time: "2026-01-01" } };
    expect((await send(`POST /flow_runs/${now.id}/set_state`, { state: retry })).status).toBe(201);
    expect(await due(soon)).toEqual([now.id]);
  });
});

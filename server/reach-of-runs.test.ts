import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fillBoth, outsideOf } from "#test/generators/reach";
import { startHttpServer, type TestServer } from "#test/http-server";

const KEYS = "reports/*,no-such-key";

/** Roles by the patterns that they have; `whole` has none. */
const PATTERNS = { same: KEYS, more: `other-*,${KEYS}`, less: "reports/*", other: "other-*", whole: undefined };
type Name = keyof typeof PATTERNS;
const NAMES: Name[] = ["same", "more", "less", "other", "whole"];

const apiKeys = NAMES.map((name) => {
  const keys = PATTERNS[name];
  return { name, role: "admin" as const, secret: `secret-of-${name}`, ...(keys !== undefined && { keys }) };
});

let server: TestServer;
beforeAll(async () => {
  server = await startHttpServer({ apiKeys });
  await fillBoth(server);
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

async function respond(name: Name, path: string, input: object) {
  const headers = { authorization: `Bearer secret-of-${name}` };
  const response = await server.post(path, JSON.stringify(input), headers);
  return { status: response.status, body: await response.text() };
}

/** Calls as a role: the result, or the code of the error and its field. */
async function as(name: Name, path: string, input: object) {
  const { result, error } = JSON.parse((await respond(name, path, input)).body);
  return error ? [error.data.code, error.data.field] : result.data;
}

describe("runs of a limited role", () => {
  const create = (path: string, input: object) => as("same", path, input);
  const NOT_FOUND = ["NOT_FOUND", undefined];
  const nowhere = "0199b3c8-0000-7000-8000-00000000000a";
  const run = { taskKey: "t", dynamicKey: "0" };

  /** By noun, the ids of a row that the role created, of one that it only reaches, and of those that it does not reach. */
  let ids: Record<string, { own: string; inside: string; outside: string[] }>;
  beforeAll(async () => {
    const first = (noun: string, name: string) =>
      as("whole", `${noun}.list`, { where: { [`${noun}s`]: { name: { any: [name] } } } }).then(([row]) => row.id);
    const flow = await create("flow.create", { name: "own" });
    const flowRun = await create("flowRun.create", { flowId: flow.id, state: { type: "RUNNING" } });
    const taskRun = await create("taskRun.create", { flowRunId: flowRun.id, ...run });
    const deployment = await create("deployment.create", { flowId: flow.id, name: "own" });
    const outsideOf = async (noun: string, name: string) => [await first(noun, name), nowhere];
    ids = {
      flow: {
        own: flow.id,
        inside: await first("flow", "flow-inside"),
        outside: [...(await outsideOf("flow", "flow-outside")), await first("flow", "idle")],
      },
      deployment: {
        own: deployment.id,
        inside: await first("deployment", "deployment-inside"),
        outside: await outsideOf("deployment", "deployment-outside"),
      },
      flowRun: {
        own: flowRun.id,
        inside: await first("flowRun", "run-inside"),
        outside: [...(await outsideOf("flowRun", "run-outside")), await first("flowRun", "idle-inside")],
      },
      taskRun: {
        own: taskRun.id,
        inside: await first("taskRun", "task-inside-0"),
        outside: [...(await outsideOf("taskRun", "task-outside-0")), await first("taskRun", "more-0")],
      },
    };
  });

  it("exist for roles that have all its patterns, and for no others", async () => {
    for (const [noun, { own }] of Object.entries(ids)) {
      for (const name of ["same", "more", "whole"] as const) {
        expect(await as(name, `${noun}.read`, { id: own })).toMatchObject({ id: own });
        const listed = await as(name, `${noun}.list`, { limit: 200 });
        expect(listed.map(({ id }: { id: string }) => id)).toContain(own);
      }
      for (const name of ["less", "other"] as const) {
        expect(await as(name, `${noun}.read`, { id: own }), `${name} ${noun}`).toEqual(NOT_FOUND);
      }
    }
  });

  it.each(["flow.update", "deployment.update", "flowRun.update", "flowRun.propose", "taskRun.update"])(
    "%s changes what such a role created",
    async (path) => {
      const [noun = ""] = path.split(".");
      const { own = "", inside = "", outside = [] } = ids[noun] ?? {};
      const change = path.endsWith("propose") ? { state: { type: "RUNNING" } } : { tags: ["changed"] };
      const everything = () => outsideOf(server.db);
      for (const name of ["same", "more"] as const) {
        expect(await as(name, path, { id: own, ...change }), name).not.toEqual(NOT_FOUND);
      }
      const before = await everything();
      for (const name of ["less", "other"] as const)
        expect(await as(name, path, { id: own, ...change })).toEqual(NOT_FOUND);
      for (const name of ["same", "more", "less"] as const) {
        expect(await as(name, path, { id: inside, ...change })).toEqual(["FORBIDDEN", undefined]);
      }
      for (const id of outside) expect(await as("same", path, { id, ...change }), id).toEqual(NOT_FOUND);
      expect(await everything()).toEqual(before);
    },
  );

  it("are created of what it reaches alone", async () => {
    for (const of of ["own", "inside"] as const) {
      const flowId = ids.flow?.[of];
      const deploymentId = ids.deployment?.[of];
      expect(await create("deployment.create", { flowId, name: `new ${of}` })).toMatchObject({ flowId });
      expect(await create("flowRun.create", { flowId, deploymentId })).toMatchObject({ flowId, deploymentId });
      const flowRunId = ids.flowRun?.[of];
      expect(await create("taskRun.create", { flowRunId, taskKey: "new", dynamicKey: "0" })).toMatchObject({
        flowRunId,
      });
    }
    const flowId = ids.flow?.own;
    const parentTaskRunId = ids.taskRun?.own;
    expect(await create("flowRun.create", { flowId, parentTaskRunId })).toMatchObject({ parentTaskRunId });
    for (const outside of ids.flow?.outside ?? []) {
      expect(await create("deployment.create", { flowId: outside, name: "new" })).toEqual(NOT_FOUND);
      expect(await create("flowRun.create", { flowId: outside })).toEqual(NOT_FOUND);
    }
    for (const deploymentId of ids.deployment?.outside ?? []) {
      expect(await create("flowRun.create", { flowId, deploymentId })).toEqual(["NOT_FOUND", "deploymentId"]);
    }
    for (const parentTaskRunId of ids.taskRun?.outside ?? []) {
      expect(await create("flowRun.create", { flowId, parentTaskRunId })).toEqual(["NOT_FOUND", "parentTaskRunId"]);
    }
    const ofOthers = { flowId, parentTaskRunId: ids.taskRun?.inside };
    expect(await create("flowRun.create", ofOthers)).toEqual(["FORBIDDEN", "parentTaskRunId"]);
    for (const flowRunId of ids.flowRun?.outside ?? []) {
      expect(await create("taskRun.create", { flowRunId, ...run })).toEqual(NOT_FOUND);
    }
  });

  it("have no names of what it does not reach", async () => {
    const flowId = ids.flow?.inside;
    const hidden = { flowId, name: "hidden", idempotencyKey: "hidden" };
    await as("whole", "deployment.create", { flowId, name: "hidden" });
    await as("whole", "flowRun.create", hidden);
    await as("whole", "taskRun.create", { ...run, taskKey: "hidden" });
    for (const [path, input, field] of [
      ["flow.create", { name: "flow-outside" }, "name"],
      ["flow.create", { name: "idle" }, "name"],
      ["deployment.create", { flowId, name: "hidden" }, "name"],
      ["flowRun.create", hidden, "idempotencyKey"],
      ["taskRun.create", { ...run, taskKey: "hidden" }, "dynamicKey"],
      ["taskRun.create", { id: ids.taskRun?.outside[0], ...run, taskKey: "new" }, "id"],
    ] as const) {
      const { status, body } = await respond("same", path, input);
      expect([status, JSON.parse(body).error.data.field], path).toEqual([409, field]);
      expect(body).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    }
    const [name, flow] = ["flow-inside", ids.flow?.inside];
    expect(await create("flow.create", { name })).toMatchObject({ id: flow });
    expect(await create("flow.create", { name: "own" })).toMatchObject({ id: ids.flow?.own });
    expect(await as("other", "flow.create", { name: "own" })).toEqual(["CONFLICT", "name"]);
  });

  it("are recorded unless they are of others", async () => {
    const { own, inside, outside } = ids.taskRun ?? {};
    const occurred = new Date().toISOString();
    const report = (id: string | undefined, more: object = {}) => ({
      id,
      ...run,
      name: "reported",
      state: { type: "COMPLETED" },
      occurred,
      ...more,
    });
    const ofHidden = (ids.flowRun?.outside ?? []).map((flowRunId, n) =>
      report(`0199b3c8-0000-7000-8000-0000000000f${n}`, { flowRunId }),
    );
    const fresh = report("0199b3c8-0000-7000-8000-0000000000ff", { flowRunId: ids.flowRun?.inside });
    const [hidden] = outside ?? [];
    const items = [report(own), report(inside), report(hidden), ...ofHidden, fresh];
    const others = () => Promise.all([inside, hidden].map((id) => as("whole", "taskRun.read", { id })));
    const before = await others();
    expect(await create("taskRun.record", { items })).toEqual({ recorded: 2 });
    expect(await others()).toEqual(before);
    expect(await as("same", "taskRun.read", { id: own })).toMatchObject({ state: { type: "COMPLETED" } });
    for (const { id } of ofHidden) expect(await as("whole", "taskRun.read", { id })).toEqual(NOT_FOUND);
  });

  it("publish artifacts", async () => {
    const flowRunId = ids.flowRun?.own;
    const { id } = await create("artifact.create", {
      key: "reports/published",
      flowRunId,
      taskRunId: ids.taskRun?.own,
    });
    expect(await as("less", "flowRun.read", { id: flowRunId })).toMatchObject({ id: flowRunId });
    const where = { flows: { name: { any: ["own"] } } };
    expect(await as("less", "artifact.list", { where })).toMatchObject([{ id }]);
  });

  it.each(["flow", "deployment", "flowRun", "taskRun"])("%s.remove requires a role without patterns", async (noun) => {
    expect(await as("same", `${noun}.remove`, { id: ids[noun]?.own })).toEqual(["FORBIDDEN", undefined]);
  });
});

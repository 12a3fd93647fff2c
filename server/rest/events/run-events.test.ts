import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { callerOn } from "#test/caller";
import { startHttpServer, type TestServer } from "#test/http-server";
import { openEventSocket, taskRunEvent } from "#test/prefect/event-socket";

let server: TestServer;
let call: ReturnType<typeof callerOn>;
let flowId: string;
beforeAll(async () => {
  server = await startHttpServer();
  call = callerOn(server);
  flowId = (await call.flow.create({ name: "watched" })).id;
});
afterAll(() => server[Symbol.asyncDispose]());

const Message = z.object({
  type: z.literal("event"),
  event: z.looseObject({ id: z.string(), event: z.string(), resource: z.record(z.string(), z.string()) }),
});

/** A stream of the events that match a filter, as Prefect's client opens it. */
async function openStream(filter: object, path = "/api/events/out") {
  const client = await openEventSocket(server.origin, path);
  await client.authenticate();
  const since = new Date(Date.now() - 60_000).toISOString();
  client.send({ type: "filter", filter: { occurred: { since, until: "2100-01-01T00:00:00Z" }, ...filter } });
  const seen = new Set<string>();
  return {
    ...client,
    /** The next event that has not been received yet. */
    async event() {
      for (;;) {
        const { event } = Message.parse(await client.next());
        if (!seen.has(event.id)) return seen.add(event.id) && event;
      }
    },
  };
}

const post = (path: string, body: object) => {
  const headers = { "content-type": "application/json" };
  return fetch(`${server.origin}/api${path}`, { method: "POST", headers, body: JSON.stringify(body) });
};
const enter = (id: string, type: string, name?: string) =>
  post(`/flow_runs/${id}/set_state`, { state: { type, name, message: "it is so" } });
const nameOf = (id: string) => `prefect.flow-run.${id}`;
const related = (kind: string, id: string, name: string) => ({
  "prefect.resource.id": `prefect.${kind}.${id}`,
  "prefect.resource.role": kind,
  "prefect.resource.name": name,
});

it("sends the states of a flow run, the current one first", async () => {
  const { id: deploymentId } = await call.deployment.create({ flowId, name: "d" });
  const run = await call.flowRun.create({ flowId, deploymentId, tags: ["eu"], state: { type: "PENDING" } });
  const other = await call.flowRun.create({ flowId, state: { type: "PENDING" } });
  const stream = await openStream({ any_resource: { id: [nameOf(run.id)] } });
  expect(await stream.event()).toMatchObject({ event: "prefect.flow-run.Pending" });
  await enter(other.id, "RUNNING");
  await enter(run.id, "RUNNING", "Retrying");
  expect(await stream.event()).toMatchObject({
    event: "prefect.flow-run.Retrying",
    occurred: expect.stringMatching(/Z$/),
    resource: {
      "prefect.resource.id": nameOf(run.id),
      "prefect.resource.name": run.name,
      "prefect.run-count": "1",
      "prefect.state-type": "RUNNING",
      "prefect.state-message": "it is so",
    },
    related: [
      related("flow", flowId, "watched"),
      related("deployment", deploymentId, "d"),
      { "prefect.resource.id": "prefect.tag.eu", "prefect.resource.role": "tag" },
    ],
    payload: { validated_state: { type: "RUNNING", name: "Retrying" } },
  });
  await enter(run.id, "COMPLETED");
  const { event, id } = await stream.event();
  const current = await (await fetch(`${server.origin}/api/flow_runs/${run.id}`)).json();
  expect([event, id]).toEqual(["prefect.flow-run.Completed", current.state_id]);
  await stream.close();
});

it("sends events of any flow run by their names, of runs that change while the stream is open", async () => {
  const names = ["prefect.flow-run.Cancelling", "prefect.flow-run.Suspended"];
  const stream = await openStream({ event: { name: names } });
  const [one, two] = await Promise.all([1, 2].map(() => call.flowRun.create({ flowId, state: { type: "RUNNING" } })));
  await enter(one?.id ?? "", "COMPLETED");
  await enter(two?.id ?? "", "CANCELLING");
  expect((await stream.event()).resource["prefect.resource.id"]).toBe(nameOf(two?.id ?? ""));
  await enter(one?.id ?? "", "PAUSED", "Suspended");
  expect(await stream.event()).toMatchObject({ event: names[1] });
  await stream.close();
});

it("sends every state of a task run that its client reports, as events related to its flow run", async () => {
  const run = await call.flowRun.create({ flowId, name: "outer", tags: ["eu"], state: { type: "RUNNING" } });
  const stream = await openStream({
    event: { prefix: ["prefect.task-run."] },
    any_resource: [{ id: [nameOf(run.id)] }],
  });
  const client = await openEventSocket(server.origin);
  await client.authenticate();
  const id = crypto.randomUUID();
  const report = (type: string, second: number) =>
    taskRunEvent({ id, type, flowRunId: run.id, occurred: new Date(Date.now() + second * 1000).toISOString() });
  await stream.received();
  const elsewhere = taskRunEvent({ id: crypto.randomUUID(), type: "RUNNING", occurred: new Date().toISOString() });
  for (const message of [elsewhere, report("PENDING", 0), report("RUNNING", 1), report("COMPLETED", 2)]) {
    client.send(message);
  }
  expect((await stream.event()).event).toBe("prefect.task-run.Pending");
  expect(await stream.event()).toMatchObject({
    event: "prefect.task-run.Running",
    resource: {
      "prefect.resource.id": `prefect.task-run.${id}`,
      "prefect.resource.name": "load-0",
      "prefect.state-type": "RUNNING",
      "prefect.orchestration": "client",
    },
    related: [
      related("flow-run", run.id, "outer"),
      related("flow", flowId, "watched"),
      { "prefect.resource.id": "prefect.tag.eu", "prefect.resource.role": "tag" },
      { "prefect.resource.id": "prefect.tag.slow", "prefect.resource.role": "tag" },
    ],
    payload: {
      validated_state: { type: "RUNNING", name: "Running" },
      task_run: { name: "load-0", task_key: "load", dynamic_key: id, tags: ["slow"] },
    },
  });
  const last = await stream.event();
  const current = await (await fetch(`${server.origin}/api/task_runs/${id}`)).json();
  expect([last.event, last.id]).toEqual(["prefect.task-run.Completed", current.state_id]);
  await stream.close();
  const later = await openStream({ resource: { id: [`prefect.task-run.${id}`] } });
  expect(await later.event(), "to a stream that opens later").toEqual(last);
  await Promise.all([later.close(), client.close()]);
});

it("sends the final states of task runs by their names, which it reads from the database", async () => {
  const stream = await openStream({ event: { name: ["prefect.task-run.Cancelled", "prefect.task-run.Crashed"] } });
  await stream.received();
  const names = { taskKey: "load", name: "load-0" };
  for (const type of ["RUNNING", "CRASHED"] as const) {
    const id = crypto.randomUUID();
    // Its client's clock is slow.
    const occurred = new Date(Date.now() - 50_000).toISOString();
    const items = [{ id, ...names, dynamicKey: id, state: { type }, occurred }];
    expect((await post("/trpc/taskRun.record", { items })).status).toBe(200);
    if (type === "RUNNING") continue;
    const { event, resource } = await stream.event();
    expect([event, resource["prefect.resource.id"]]).toEqual(["prefect.task-run.Crashed", `prefect.task-run.${id}`]);
  }
  await stream.close();
});

const past = { "prefect.resource.name": "past" };
it.each([
  ["a prefix of the name", { event: { prefix: ["prefect.flow-run."] } }, true],
  ["another prefix", { event: { prefix: ["prefect.deployment."] } }, false],
  ["an excluded name", { event: { prefix: ["prefect.flow-run.F"], exclude_name: ["prefect.flow-run.Failed"] } }, false],
  ["an excluded prefix", { event: { exclude_prefix: ["prefect."] } }, false],
  ["a prefix of the resource", { resource: { id_prefix: ["prefect.flow-run."] } }, true],
  ["another resource", { resource: { id: ["prefect.deployment.1"] } }, false],
  ["a related tag", { related: [{ id: ["prefect.tag.found"], role: ["tag"] }] }, true],
  ["a related resource of another role", { related: { id: ["prefect.tag.found"], role: ["flow"] } }, false],
  ["any resource", { any_resource: [{ id: ["prefect.tag.found"] }, { id_prefix: ["prefect.flow."] }] }, true],
  ["any resource, of which one is missing", { any_resource: [{ id: ["prefect.tag.none"] }] }, false],
  ["a label", { resource: { labels: { "prefect.resource.id": "prefect.flow-run.*" } } }, true],
  ["labels", { resource: { labels: { "prefect.state-name": ["Late", "Fail??"], "prefect.run-count": "0" } } }, true],
  ["labels, of which one differs", { resource: { labels: { "prefect.state-name": "*", "other-label": "*" } } }, false],
  ["a label without patterns", { resource: { labels: { "prefect.state-name": [] } } }, false],
  ["a negated label", { resource: { labels: { ...past, "prefect.state-type": "!FAILED" } } }, false],
  ["another negated label", { resource: { labels: { ...past, "prefect.state-type": ["!CRASHED"] } } }, true],
  ["a label of a related resource", { related: { labels: { "prefect.resource.name": "watch*" } } }, true],
  ["a label of the resource", { related: { labels: { "prefect.resource.name": "past" } } }, false],
  ["a label and role", { related: { role: ["tag"], labels: { "prefect.resource.id": "prefect.tag.f*" } } }, true],
  ["a label of any resource", { any_resource: { labels: { "prefect.resource.role": "flow" } } }, true],
  ["two labels of one resource", { any_resource: { labels: { "prefect.resource.name": "past", tag: "*" } } }, false],
  ["a resource in a role", { related: { resources_in_roles: [["prefect.tag.found", "tag"]] } }, true],
  ["a resource in another role", { related: { resources_in_roles: [["prefect.tag.found", "flow"]] } }, false],
  ["no ids, in Prefect's order", { id: { id: [] }, order: "DESC", text: null, resource: { distinct: false } }, true],
  ["the id of another event", { id: { id: [crypto.randomUUID()] } }, false],
  ["a time in the future", { occurred: { since: "2100-01-01T00:00:00Z" } }, false],
  ["a time in the past", { occurred: { since: "2020-01-01T00:00:00Z", until: "2021-01-01T00:00:00Z" } }, false],
])("filters past events by %s", async (_, filter, matches) => {
  await call.flowRun.create({ flowId, name: "past", tags: ["found"], state: { type: "FAILED" } });
  const stream = await openStream(filter);
  const last = await openStream({ event: { name: ["prefect.flow-run.Crashed"] } });
  const { id } = await call.flowRun.create({ flowId, name: "last", tags: ["found"], state: { type: "RUNNING" } });
  await stream.received();
  await enter(id, "CRASHED");
  await last.event();
  await stream.received();
  stream.socket.close();
  const first = await Promise.race([stream.event().then(() => true), stream.closed.then(() => false)]);
  expect(first).toBe(matches);
  await last.close();
});

it("closes a stream whose first message is not a filter", async () => {
  const client = await openEventSocket(server.origin, "/api/events/out");
  await client.authenticate();
  client.send({ type: "event" });
  expect(await client.closed).toEqual({ code: 1002, reason: "Expected 'filter' message" });
});

it.each([
  ["text", { text: { query: "failed" } }],
  ["resource.labels", { resource: { labels: ["prefect.*"] } }],
  ["any_resource", { any_resource: { role: ["tag"] } }],
  ["related", { related: [{ labels: { name: Array.from({ length: 101 }, () => "*") } }] }],
])("closes a stream whose filter has a condition in %s that it does not know", async (path, filter) => {
  const client = await openEventSocket(server.origin, "/api/events/out");
  await client.authenticate();
  client.send({ type: "filter", filter });
  expect(await client.closed).toEqual({ code: 1002, reason: expect.stringContaining(`Invalid filter: ${path}`) });
});

it("keeps a stream of logs open, which are none", async () => {
  const stream = await openStream({ flow_run_id: { any_: [flowId] }, level: { ge_: 0 } }, "/api/logs/out");
  await post("/logs", [{ message: "hello", level: 20, name: "n", timestamp: new Date().toISOString() }]);
  await stream.received();
  expect(stream.socket.readyState).toBe(stream.socket.OPEN);
  await stream.close();
});

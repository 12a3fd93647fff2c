import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { callerOn } from "#test/caller";
import { freshDatabase } from "#test/database";
import { startHttpServer, type TestServer } from "#test/http-server";
import { openEventSocket, taskRunEvent } from "#test/prefect/event-socket";
import { createServerFolder } from "#test/server-process";
import { MAX_MESSAGE, MAX_SOCKETS_OF_CALLER } from "./sockets";

const at = (second: number) => `2026-11-28T12:00:${String(second).padStart(2, "0")}.000001+00:00`;
const SUCCESS = { type: "auth_success" };

describe("without API keys", () => {
  let server: TestServer;
  let call: ReturnType<typeof callerOn>;
  beforeAll(async () => {
    server = await startHttpServer();
    call = callerOn(server);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const recorded = (id: string) => expect.poll(() => call.taskRun.read({ id }).catch(() => null));

  it("records the task runs of events, with their state and times", async () => {
    const { id: flowId } = await call.flow.create({ name: "evented" });
    const { id: flowRunId } = await call.flowRun.create({ flowId });
    const client = await openEventSocket(server.origin);
    expect(client.socket.protocol).toBe("prefect");
    expect(await client.authenticate()).toEqual(SUCCESS);
    const id = randomUUID();
    client.send(taskRunEvent({ id, flowRunId, type: "RUNNING", occurred: at(1), start_time: at(1) }));
    client.send(
      taskRunEvent({
        id,
        flowRunId,
        type: "FAILED",
        message: "It\u0000 failed",
        occurred: at(2),
        start_time: at(1),
        end_time: at(2),
      }),
    );
    await client.close();
    await recorded(id).toMatchObject({
      flowRunId,
      taskKey: "load",
      name: "load-0",
      tags: ["slow"],
      state: { type: "FAILED", name: "Failed", message: "It  failed", timestamp: "2026-11-28T12:00:02.000001Z" },
      startTime: "2026-11-28T12:00:01.000001Z",
      endTime: "2026-11-28T12:00:02.000001Z",
    });
  });

  it("speaks without a handshake to older clients, such as 3.4, which name no subprotocol", async () => {
    const client = await openEventSocket(server.origin, "/api/events/in", { protocol: "" });
    const id = randomUUID();
    client.send(taskRunEvent({ id, type: "PENDING", occurred: at(0) }));
    await recorded(id).toMatchObject({ state: { type: "PENDING" }, flowRunId: null });
    await client.close();
  });

  it("keeps the state that occurred last, in whatever order events arrive", async () => {
    const ids = [randomUUID(), randomUUID()];
    const clients = await Promise.all([openEventSocket(server.origin), openEventSocket(server.origin)]);
    const states = [
      { type: "PENDING", occurred: at(1) },
      { type: "COMPLETED", occurred: at(3), end_time: at(3) },
      { type: "RUNNING", occurred: at(2) },
    ];
    for (const client of clients) await client.authenticate();
    for (const id of ids) {
      // The first together, the second one by one on two sockets.
      for (const [index, state] of states.entries()) {
        const client = clients[id === ids[0] ? 0 : index % 2];
        client?.send(taskRunEvent({ id, ...state }));
        if (id === ids[1]) await recorded(id).toMatchObject({ state: { type: index > 0 ? "COMPLETED" : "PENDING" } });
      }
    }
    const final = { state: { type: "COMPLETED" }, endTime: "2026-11-28T12:00:03.000001Z" };
    for (const id of ids) await recorded(id).toMatchObject(final);
    for (const client of clients) await client.close();
  });

  it("keeps the task runs of both attempts of a flow, which have the same keys", async () => {
    const { id: flowId } = await call.flow.create({ name: "retried" });
    const { id: flowRunId } = await call.flowRun.create({ flowId });
    const client = await openEventSocket(server.origin);
    await client.authenticate();
    const ids = [randomUUID(), randomUUID(), randomUUID()].sort();
    for (const id of ids.slice(0, 2)) {
      client.send(taskRunEvent({ id, flowRunId, type: "COMPLETED", occurred: at(1), dynamic_key: "0" }));
    }
    for (const id of ids.slice(0, 2)) await recorded(id).toMatchObject({ flowRunId });
    client.send(taskRunEvent({ id: ids[2] ?? "", flowRunId, type: "COMPLETED", occurred: at(2), dynamic_key: "0" }));
    await recorded(ids[2] ?? "").toMatchObject({ dynamicKey: `0-${ids[2]}`, taskKey: "load" });
    expect(await call.taskRun.count({ where: { flowRuns: { id: { any: [flowRunId] } } } })).toBe(3);
    await client.close();
  });

  it("drops other events, those of unknown flow runs, and what is not an event", async () => {
    const client = await openEventSocket(server.origin);
    await client.authenticate();
    const before = await call.taskRun.count();
    const unknown = taskRunEvent({ id: randomUUID(), flowRunId: randomUUID(), type: "RUNNING", occurred: at(0) });
    const { payload, ...withoutPayload } = Object(unknown);
    for (const message of [
      "not JSON",
      "[]",
      { ...Object(unknown), event: "prefect.artifact.created" },
      withoutPayload,
      { ...Object(unknown), resource: { "prefect.resource.id": "prefect.task-run.7" } },
      unknown,
    ]) {
      client.send(message);
    }
    const id = randomUUID();
    client.send(taskRunEvent({ id, type: "RUNNING", occurred: at(0) }));
    await recorded(id).toMatchObject({ state: { type: "RUNNING" } });
    expect(await call.taskRun.count()).toBe(before + 1);
    await client.close();
  });

  it("cuts names, tags and messages that are longer than the contract's", async () => {
    const client = await openEventSocket(server.origin);
    await client.authenticate();
    const id = randomUUID();
    const tags = [..."abc"].flatMap((letter) => Array.from({ length: 20 }, (_, index) => `${letter}${index}`));
    const more = { name: `a\n${"b".repeat(300)}`, tags: ["twice", "twice", ...tags], message: "é".repeat(50_000) };
    client.send(taskRunEvent({ id, type: "FAILED", occurred: at(0), ...more }));
    await recorded(id).toMatchObject({ name: `a ${"b".repeat(253)}`, tags: ["twice", ...tags.slice(0, 49)] });
    const { state } = await call.taskRun.read({ id });
    expect(state?.message).toMatch(/^é{32766}\ufffd?$/);
    await client.close();
  });

  it("accepts a message of 1 MiB and closes the socket at a larger one", async () => {
    const client = await openEventSocket(server.origin);
    await client.authenticate();
    const id = randomUUID();
    const event = JSON.stringify(taskRunEvent({ id, type: "RUNNING", occurred: at(0) }));
    client.send(event.padEnd(MAX_MESSAGE));
    await recorded(id).toMatchObject({ state: { type: "RUNNING" } });
    client.send(event.padEnd(MAX_MESSAGE + 1));
    expect(await client.closed).toMatchObject({ code: 1009 });
  });

  it("stops reading at 1,000 queued events, and records all of them in the end", async () => {
    const client = await openEventSocket(server.origin);
    await client.authenticate();
    const before = await call.taskRun.count();
    let release = () => {};
    let locked = () => {};
    const isLocked = new Promise<void>((resolve) => {
      locked = resolve;
    });
    const lock = server.db.transaction(async (tx) => {
      await tx.execute("lock table task_run");
      locked();
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    });
    await isLocked;
    const message = "x".repeat(40_000);
    const count = 1_500;
    for (let index = 0; index < count; index++) {
      client.send(taskRunEvent({ id: randomUUID(), type: "RUNNING", occurred: at(0), message }));
    }
    // More than buffers of the system hold stays with the client, whose ping waits behind it.
    let isReceived = false;
    const received = client.received().then(() => {
      isReceived = true;
    });
    let left = Number.POSITIVE_INFINITY;
    let stillFor = 0;
    await expect
      .poll(
        () => {
          stillFor = client.socket.bufferedAmount === left ? stillFor + 1 : 0;
          left = client.socket.bufferedAmount;
          return stillFor;
        },
        { interval: 200, timeout: 20_000 },
      )
      .toBe(5);
    expect([isReceived, left > 1024 * 1024]).toEqual([false, true]);
    release();
    await lock;
    await received;
    await expect.poll(() => call.taskRun.count(), { timeout: 20_000 }).toBe(before + count);
    await client.close();
  }, 60_000);

  it("closes a socket whose first message is not auth", async () => {
    const client = await openEventSocket(server.origin);
    client.send(taskRunEvent({ id: randomUUID(), type: "RUNNING", occurred: at(0) }));
    expect(await client.closed).toEqual({ code: 1008, reason: "Expected 'auth' message" });
  });

  it.each([
    ["another site", "/api/events/in", { origin: "https://example.org" }, 403],
    ["another host", "/api/events/in", { headers: { host: "example.org" } }, 421],
    ["another path", "/api/health", {}, 400],
    ["a page", "/artifacts", {}, 400],
  ])("refuses a socket of %s", async (_, path, options, status) => {
    await expect(openEventSocket(server.origin, path, options)).rejects.toThrow(`response: ${status}`);
  });

  it(`opens at most ${MAX_SOCKETS_OF_CALLER} sockets of one address`, async () => {
    const open = () => openEventSocket(server.origin, "/api/events/in", { protocol: "" });
    const clients = await Promise.all(Array.from({ length: MAX_SOCKETS_OF_CALLER }, open));
    await expect(open()).rejects.toThrow("response: 503");
    await clients.pop()?.close();
    clients.push(await open());
    await Promise.all(clients.map((client) => client.close()));
  });
});

describe("with API keys", () => {
  let server: TestServer;
  beforeAll(async () => {
    const apiKeys = [
      { name: "reader", role: "read" as const, secret: "read-only-secret" },
      { name: "writer", role: "write" as const, secret: "the-writer-secret" },
      { name: "limited", role: "write" as const, secret: "the-limited-secret", keys: "reports/*" },
    ];
    server = await startHttpServer({ apiKeys });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const bearer = (secret: string) => ({ headers: { authorization: `Bearer ${secret}` } });

  it.each([["the-writer-secret"], ["writer:the-writer-secret"], ["anybody:the-writer-secret"]])(
    "takes %s as token",
    async (token) => {
      const client = await openEventSocket(server.origin);
      expect(await client.authenticate(token)).toEqual(SUCCESS);
      const id = randomUUID();
      client.send(taskRunEvent({ id, type: "RUNNING", occurred: at(0) }));
      const read = () =>
        callerOn(server)
          .taskRun.read({ id })
          .catch(() => null);
      await expect.poll(read).toMatchObject({ state: { type: "RUNNING" } });
      await client.close();
    },
  );

  it.each([
    [null, "Set PREFECT_API_AUTH_STRING to an API key"],
    ["wrong", "Invalid API key"],
    ["read-only-secret", 'Requires the role "write"; yours is "read".'],
  ])("refuses the token %s", async (token, reason) => {
    const client = await openEventSocket(server.origin);
    client.authenticate(token);
    expect(await client.closed).toEqual({ code: 1008, reason });
  });

  it("takes a key from a header, also without a handshake", async () => {
    const client = await openEventSocket(server.origin, "/api/events/in", bearer("the-writer-secret"));
    expect(await client.authenticate()).toEqual(SUCCESS);
    const old = { protocol: "", ...bearer("the-writer-secret") };
    const clients = [client, await openEventSocket(server.origin, "/api/events/in", old)];
    for (const each of clients) await each.close();
  });

  it.each([
    ["a wrong key in a header", { ...bearer("wrong") }, 401],
    ["a key of the role read", { ...bearer("read-only-secret") }, 403],
    ["neither key nor handshake", { protocol: "" }, 401],
  ])("refuses %s before the upgrade", async (_, options, status) => {
    await expect(openEventSocket(server.origin, "/api/events/in", options)).rejects.toThrow(`response: ${status}`);
  });

  it("records of a key with a pattern the task runs that it may create and change", async () => {
    const call = callerOn(server);
    const flow = await call.flow.create({ name: "hidden" });
    const hidden = await call.flowRun.create({ flowId: flow.id });
    const known = await call.taskRun.create({ taskKey: "known", dynamicKey: "0", state: { type: "PENDING" } });
    const client = await openEventSocket(server.origin);
    expect(await client.authenticate("the-limited-secret")).toEqual(SUCCESS);
    const [inHidden, own] = [randomUUID(), randomUUID()];
    client.send(taskRunEvent({ id: inHidden, flowRunId: hidden.id, type: "RUNNING", occurred: at(0) }));
    client.send(taskRunEvent({ id: known.id, type: "RUNNING", occurred: "2199-01-01T00:00:00+00:00" }));
    client.send(taskRunEvent({ id: own, type: "RUNNING", occurred: at(0) }));
    const limited = callerOn(server, "read", "reports/*");
    const read = () => limited.taskRun.read({ id: own }).catch(() => null);
    await expect.poll(read).toMatchObject({ state: { type: "RUNNING" } });
    await client.close();
    await expect(call.taskRun.read({ id: inHidden })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await call.taskRun.read({ id: known.id })).toEqual(known);
  });

  it.each(["/api/events/out", "/api/logs/out"])("does not open %s for a key with a pattern", async (path) => {
    const limited = bearer("the-limited-secret");
    await expect(openEventSocket(server.origin, path, limited)).rejects.toThrow("response: 403");
    const client = await openEventSocket(server.origin, path);
    client.authenticate("the-limited-secret");
    expect(await client.closed).toEqual({ code: 1008, reason: expect.stringContaining('limited to "reports/*"') });
  });

  it.each(["/api/events/out", "/api/logs/out"])("opens the stream %s for the role read", async (path) => {
    const client = await openEventSocket(server.origin, path);
    expect(await client.authenticate("reader:read-only-secret")).toEqual(SUCCESS);
    await client.close();
  });
});

test("a server that stops closes its sockets and records what they sent", async () => {
  await using folder = await createServerFolder(process.env);
  await using fresh = await freshDatabase();
  const env = { DATABASE_URL: fresh.url };
  const { child, ready, ended } = folder.start(env);
  const origin = await ready;
  const client = await openEventSocket(origin);
  await client.authenticate();
  const ids = Array.from({ length: 300 }, () => randomUUID());
  for (const id of ids) client.send(taskRunEvent({ id, type: "RUNNING", occurred: at(0) }));
  await client.received();
  child.kill("SIGTERM");
  expect(await client.closed).toMatchObject({ code: 1001 });
  expect(await ended).toMatchObject({ code: 0, stderr: "" });
  const again = await folder.start(env).ready;
  const response = await fetch(`${again}/api/task_runs/count`, { method: "POST" });
  expect(await response.json()).toBe(ids.length);
}, 60_000);

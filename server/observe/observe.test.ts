import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "#db/embedded/liveness";
import { type FreshDatabase, freshDatabase } from "#test/database";
import { createServerFolder, type ServerFolder, type ServerProcess } from "#test/server-process";

const SECRET = "a-secret-of-the-test";
const AUTHORIZED = { authorization: `Bearer ${SECRET}` };

let folder: ServerFolder;
let database: FreshDatabase;
let server: ServerProcess;
let url: string;
let metricsUrl: string;
let output = "";
let errors = "";

beforeAll(async () => {
  folder = await createServerFolder(process.env);
  database = await freshDatabase();
  const port = await freePort();
  metricsUrl = `http://127.0.0.1:${port}`;
  server = folder.start({
    DATABASE_URL: database.url,
    VITRINE_API_KEYS: `ci:write:${SECRET}`,
    VITRINE_METRICS_PORT: String(port),
    VITRINE_LOG: "json",
  });
  server.child.stdout?.on("data", (chunk) => {
    output += chunk;
  });
  server.child.stderr?.on("data", (chunk) => {
    errors += chunk;
  });
  url = (await server.ready).replace(/".*/, "");
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const read = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${url}${path}`, { headers: { ...AUTHORIZED, ...headers } });

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${url}${path}`, {
    method: "POST",
    headers: { ...AUTHORIZED, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

type Line = Record<string, unknown>;
const linesOf = (text: string): Line[] =>
  text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));

/** The log line of the request with this id, once it is written. */
async function lineOf(id: string): Promise<Line | undefined> {
  const find = () => linesOf(output).find((line) => line.id === id);
  await expect.poll(find).toBeDefined();
  return find();
}

const metric = async (name: string) =>
  (await (await fetch(`${metricsUrl}/metrics`)).text()).split("\n").find((line) => line.startsWith(`${name} `));

test("metrics need the role read, and none on a port of their own, which has nothing else", async () => {
  expect((await fetch(`${url}/metrics`)).status).toBe(401);
  const response = await read("/metrics");
  expect([response.status, response.headers.get("content-type")]).toEqual([
    200,
    "text/plain; version=0.0.4; charset=utf-8",
  ]);
  expect(await response.text()).toMatch(/^vitrine_build_info\{version="\d+\.\d+\.\d+",node="[\d.]+"\} 1$/m);
  expect((await fetch(`${metricsUrl}/metrics`)).status).toBe(200);
  expect((await fetch(`${metricsUrl}/api/health`)).status).toBe(404);
});

test("metrics count requests by procedure, route template and page, and by status", async () => {
  const start = performance.now();
  const key = "a-key-that-no-metric-names";
  await post("/api/trpc/artifact.create", { key, data: 1 });
  await post("/api/trpc/artifact.create", { key: 5 });
  await post("/api/trpc/artifact.count,artifact.list?batch=1", { 0: {}, 1: {} });
  await read(`/api/artifacts/${key}/latest`);
  await read(`/artifacts/key/${key}`);
  await read("/api/version");
  await read(`/api/trpc/${key}`);
  await read(`/${key}`);
  const count = (route: string, code: number) =>
    metric(`vitrine_request_duration_seconds_count{route="${route}",code="${code}"}`);
  await expect.poll(() => count("other", 404)).toMatch(/ 2$/);
  expect(await count("artifact.create", 200)).toMatch(/ 1$/);
  expect(await count("artifact.create", 400)).toMatch(/ 1$/);
  expect(await count("batch", 200)).toMatch(/ 1$/);
  expect(await count("GET /api/artifacts/{key}/latest", 200)).toMatch(/ 1$/);
  expect(await count("GET /api/version", 200)).toMatch(/ 1$/);
  expect(await count("/artifacts/key/{key}", 404)).toMatch(/ 1$/);
  const seconds = await metric(`vitrine_request_duration_seconds_sum{route="artifact.create",code="200"}`);
  expect(Number(seconds?.split(" ")[1])).toBeLessThan((performance.now() - start) / 1000);
  expect(await (await fetch(`${metricsUrl}/metrics`)).text()).not.toContain(key);
});

test("metrics show slots, watchers, the listener and sweeps", async () => {
  await expect.poll(() => metric("vitrine_listener_up")).toMatch(/ 1$/);
  await expect.poll(() => metric("vitrine_sweeps_total")).toMatch(/ 1$/);
  expect(await metric("vitrine_purged_versions_total")).toMatch(/ 0$/);
  expect(await metric('vitrine_slots_limit{kind="writes"}')).toMatch(/ 10$/);
  const disconnect = new AbortController();
  await fetch(`${url}/api/trpc/changes.watch?input=%7B%7D`, { headers: AUTHORIZED, signal: disconnect.signal });
  expect(await metric("vitrine_watchers")).toMatch(/ 1$/);
  disconnect.abort();
  await expect.poll(() => metric("vitrine_watchers")).toMatch(/ 0$/);
});

test("every request is one line with its id, route, status, time, bytes and caller", async () => {
  const response = await post("/api/trpc/artifact.create", { key: "logged" }, { "x-request-id": "from-a-proxy/1" });
  expect(response.headers.get("x-request-id")).toBe("from-a-proxy/1");
  expect(await lineOf("from-a-proxy/1")).toEqual({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    level: "info",
    message: "request",
    id: "from-a-proxy/1",
    method: "POST",
    route: "artifact.create",
    status: 200,
    ms: expect.any(Number),
    bytes: expect.any(Number),
    caller: "key:ci",
  });
  const anonymous = await fetch(`${url}/api/trpc/artifact.count`, { headers: { "x-request-id": "anonymous" } });
  expect(anonymous.status).toBe(401);
  expect(await lineOf("anonymous")).toMatchObject({ status: 401, caller: expect.stringMatching(/^127\.|^::/) });
});

test.each(["", "a b", "x".repeat(129), '"}'])("makes an id in place of %j", async (sent) => {
  const id = (await read("/api/trpc/artifact.count", { "x-request-id": sent })).headers.get("x-request-id") ?? "";
  expect(id).toMatch(/^[\w-]{8}-\d+$/);
  expect(await lineOf(id)).toMatchObject({ route: "artifact.count" });
});

test("a line has the bytes of its own response on a kept connection", async () => {
  await post("/api/trpc/artifact.create", { key: "large", data: "x".repeat(50_000) });
  const headers = { "x-request-id": "large", "accept-encoding": "identity" };
  await (await read("/api/trpc/collection.latest?input=%7B%22key%22%3A%22large%22%7D", headers)).text();
  await (await read("/api/health", { "x-request-id": "small" })).text();
  expect((await lineOf("large"))?.bytes).toBeGreaterThan(50_000);
  expect((await lineOf("small"))?.bytes).toBeLessThan(2_000);
});

test("no line has data, query text or secrets", async () => {
  const text = "a-text-that-no-line-has";
  await post("/api/trpc/artifact.create", { key: text, data: text, description: text });
  await read(
    `/api/trpc/artifact.list?input=${encodeURIComponent(JSON.stringify({ where: { artifacts: { key: { like: text } } } }))}`,
  );
  await read(`/artifacts?key=${text}`, { "x-request-id": "last" });
  await lineOf("last");
  expect(output).not.toContain(text);
  expect(output).not.toContain(SECRET);
});

test("an unexpected error is logged with the id of its request", async () => {
  await database.db.execute("alter table artifact_idempotency rename to moved");
  const body = { key: "failing", idempotencyKey: "one" };
  const failing = await post("/api/trpc/artifact.create", body, { "x-request-id": "failing" });
  await database.db.execute("alter table moved rename to artifact_idempotency");
  expect(failing.status).toBe(500);
  await expect.poll(() => linesOf(errors).map(({ request }) => request)).toContain("failing");
});

test("a reader of the log that stops or goes away does not affect requests", async () => {
  server.child.stdout?.pause();
  const id = "x".repeat(128);
  for (let sent = 0; sent < 1_000; sent++) {
    expect((await read("/api/health", { "x-request-id": id })).status).toBe(200);
  }
  server.child.stdout?.destroy();
  expect((await read("/api/trpc/artifact.count")).status).toBe(200);
  expect((await read("/api/trpc/artifact.count")).status).toBe(200);
});

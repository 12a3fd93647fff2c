import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startHttpServer, type TestServer } from "#test/http-server";

const apiKeys = [
  { name: "ann", role: "write" as const, secret: "a-secret-of-ann" },
  { name: "ops", role: "admin" as const, secret: "a-secret-of-ops" },
];
const bearer = (name: string) => ({ authorization: `Bearer a-secret-of-${name}` });

let server: TestServer;
beforeAll(async () => {
  server = await startHttpServer({ apiKeys });
});
afterAll(() => server[Symbol.asyncDispose]());

async function exported(query = ""): Promise<Record<string, unknown>[]> {
  const response = await server.fetch(`/api/audit${query}`, { headers: bearer("ops") });
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/x-ndjson; charset=utf-8"]);
  const lines = (await response.text()).split("\n");
  expect(lines.pop()).toBe("");
  return lines.map((line) => JSON.parse(line));
}

it("writes through tRPC, REST and pages have the actor of their credential, and what headers claim", async () => {
  const flowRunId = randomUUID();
  const headers = { ...bearer("ann"), "vitrine-service": "etl", "vitrine-flow-run": flowRunId.toUpperCase() };
  const sent = { ...headers, "x-request-id": "request-7" };
  expect((await server.post("artifact.create", '{"key":"a","reason":"why"}', sent)).status).toBe(200);
  const body = JSON.stringify({ key: "b", data: 1 });
  const json = { "content-type": "application/json" };
  const rest = await server.fetch("/api/artifacts/", { method: "POST", body, headers: { ...headers, ...json } });
  expect(rest.status).toBe(201);
  const { id } = await rest.json();
  expect((await server.fetch(`/api/artifacts/${id}`, { method: "DELETE", headers: bearer("ops") })).status).toBe(204);
  const form = { method: "POST", body: new URLSearchParams({ key: "a-secret-of-ann" }) };
  const cookie = (await server.fetch("/api/sign-in", form)).headers.get("set-cookie")?.split(";")[0] ?? "";
  const page = { cookie, origin: server.origin };
  expect((await server.post("artifact.create", '{"key":"c"}', page)).status).toBe(200);
  await server.fetch("/api/sign-out", { method: "POST", headers: page });
  await server.fetch("/api/sign-in", { method: "POST", body: new URLSearchParams({ key: "wrong" }) });

  const ann = { kind: "key", name: "ann" };
  const claims = { service: "etl", flowRunId };
  const none = { service: null, flowRunId: null };
  expect(await exported()).toMatchObject([
    { verb: "artifact.create", key: "a", actor: ann, ...claims, reason: "why", requestId: "request-7" },
    { verb: "artifact.create", key: "b", actor: ann, ...claims, artifactId: id, version: 1 },
    { verb: "artifact.remove", key: "b", actor: { kind: "key", name: "ops" }, ...none },
    { verb: "session.start", actor: ann },
    { verb: "artifact.create", key: "c", actor: ann, ...none },
    { verb: "session.end", actor: ann },
  ]);
  const [first] = await exported("?key=a&verb=artifact.create&verb=x");
  expect(first).toMatchObject({ key: "a" });
  expect(await exported(`?after=${first?.time}&service=etl&flowRunId=${flowRunId}`)).toHaveLength(2);
});

it("sends events of any number, in order", async () => {
  await server.db.execute("insert into event (verb, version) select 'test', n from generate_series(1, 2500) n");
  const versions = (await exported("?verb=test")).map(({ version }) => Number(version));
  expect(new Set(versions).size).toBe(2_500);
});

it.each([
  ["?after=yesterday", "after"],
  ["?key=UPPER", "key"],
  ["?key=a&key=b", "key"],
  ["?verbs=x", "verbs"],
  ["?actor=ann", "actor"],
  ["?unknown=1", "unknown"],
])("rejects %s and names the field", async (query, field) => {
  const response = await server.fetch(`/api/audit${query}`, { headers: bearer("ops") });
  expect([response.status, await response.json()]).toEqual([400, expect.objectContaining({ code: "BAD_REQUEST" })]);
  expect(JSON.stringify(await (await server.fetch(`/api/audit${query}`, { headers: bearer("ops") })).json())).toContain(
    field,
  );
});

it("is for the role admin alone", async () => {
  expect((await server.fetch("/api/audit", { headers: bearer("ann") })).status).toBe(403);
  expect((await server.fetch("/api/audit")).status).toBe(401);
});

it.each([
  ["vitrine-service", "x".repeat(65)],
  ["vitrine-service", ""],
  ["vitrine-flow-run", "run-1"],
])("rejects a write with the header %s: %j", async (name, value) => {
  const response = await server.post("artifact.create", "{}", { ...bearer("ann"), [name]: value });
  expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(`The header \\"${name}\\"`)]);
});

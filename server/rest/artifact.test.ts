import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { callerOn } from "#test/caller";
import type { TestServer } from "#test/http-server";
import { type SendRequest, startRestServer } from "#test/rest-server";

let server: TestServer;
let send: SendRequest;
beforeAll(async () => {
  ({ server, send } = await startRestServer());
});
afterAll(() => server[Symbol.asyncDispose]());

const unknown = "00000000-0000-4000-8000-000000000000";
const run = "11111111-1111-4111-8111-111111111111";

/** Publishes and gives the row. */
async function createArtifact(body: object): Promise<Record<string, unknown>> {
  const { status, value } = await send("POST /artifacts/", body);
  expect(status).toBe(201);
  return value as Record<string, unknown>; // a 201 returns a row
}

const FIELDS = "id created updated key type description data metadata_ flow_run_id task_run_id".split(" ");

describe("artifact routes", () => {
  it("create returns exactly the ten fields in order, with and without a trailing slash", async () => {
    const row = await createArtifact({
      key: "voltaic",
      data: 1,
      metadata_: { a: "b" },
      flow_run_id: run.replaceAll("-", ""),
    });
    expect(Object.keys(row)).toEqual(FIELDS);
    expect(row).toMatchObject({ key: "voltaic", data: 1, metadata_: { a: "b" }, flow_run_id: run, task_run_id: null });
    expect(row.created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    expect((await send("POST /artifacts", { key: "voltaic", data: 2 })).status).toBe(201);
    expect((await createArtifact({})).data).toBeNull();
  });

  it("read accepts any id spelling and returns 404 for unknown or malformed ids", async () => {
    const row = await createArtifact({ key: "read", data: [1] });
    const id = String(row.id);
    for (const spelling of [id, id.toUpperCase(), id.replaceAll("-", ""), `${id}/`]) {
      expect((await send(`GET /artifacts/${spelling}`)).value).toEqual(row);
    }
    expect(await send(`GET /artifacts/${unknown}`)).toMatchObject({
      status: 404,
      value: { detail: "Artifact not found." },
    });
    expect(await send("GET /artifacts/none")).toMatchObject({ status: 404, value: { detail: "Not Found" } });
    expect(await send("GET /artifacts/a/b/c")).toMatchObject({ status: 404, value: { detail: "Not Found" } });
  });

  it("latest returns the artifact under its own id", async () => {
    await createArtifact({ key: "latest", data: 1 });
    const second = await createArtifact({ key: "latest", data: 2 });
    expect((await send("GET /artifacts/latest/latest")).value).toEqual(second);
    for (const key of ["nope", "No_Key", "%C3%A9"]) {
      expect(await send(`GET /artifacts/${key}/latest`)).toMatchObject({
        status: 404,
        value: { detail: "Artifact not found." },
      });
    }
  });

  it("reads keys with slashes, dots and underscores, which only its own create rejects", async () => {
    const key = "rest/2026.q1/a_b";
    await server.post("artifact.create", JSON.stringify({ key, data: 1 }));
    const path = `/artifacts/${encodeURIComponent(key)}/latest`;
    expect(await send(`GET ${path}`)).toMatchObject({ status: 200, value: { key, data: 1 } });
    const filter = { artifacts: { key: { any_: [key, "rest//"] } } };
    expect(await send("POST /artifacts/filter", filter)).toMatchObject({ status: 200, value: [{ key }] });
    expect(await send("POST /artifacts/latest/count", filter)).toMatchObject({ status: 200, value: 1 });
    expect(await send("POST /artifacts", { key, data: 1 })).toMatchObject({ status: 422 });
    expect(await send("GET /artifacts/rest%2F%2F/latest")).toMatchObject({ status: 404 });
  });

  it("filter and count work on all versions and latest, with or without a body", async () => {
    const first = await createArtifact({ key: "filter-a", type: "table", data: 1 });
    const second = await createArtifact({ key: "filter-a", type: "markdown", data: 2 });
    const of = { artifacts: { key: { like_: "filter-" } } };
    const { value } = await send("POST /artifacts/filter", { ...of, sort: "CREATED_DESC" });
    expect(value).toEqual([second, first]);
    expect((await send("POST /artifacts/count", of)).value).toBe(2);
    const latest = await send("POST /artifacts/latest/filter/", of);
    const { id, created, updated, key, ...rest } = second;
    const [row] = latest.value as Record<string, unknown>[]; // a list returns rows
    expect(row).toEqual({ id: row?.id, created, updated, key, latest_id: id, ...rest });
    expect(Object.keys(row ?? {})).toEqual(["id", "created", "updated", "key", "latest_id", ...FIELDS.slice(4)]);
    expect((await send("POST /artifacts/latest/count", of)).value).toBe(1);
    const byLatest = { artifacts: { latest_id: { any_: [first.id] } } };
    expect((await send("POST /artifacts/latest/count", byLatest)).value).toBe(0);
    for (const path of ["filter", "latest/filter", "count", "latest/count"]) {
      expect((await send(`POST /artifacts/${path}`)).status).toBe(200);
      expect((await send(`POST /artifacts/${path}`, "null")).status).toBe(200);
    }
  });

  it("a collection has a stable id of its own", async () => {
    const of = { artifacts: { key: { any_: ["staying"] } } };
    const collection = async () => {
      const { value } = await send("POST /artifacts/latest/filter", of);
      return (value as Record<string, unknown>[])[0]; // a list returns rows
    };
    const first = await createArtifact({ key: "staying", data: 1 });
    const before = await collection();
    const second = await createArtifact({ key: "staying", data: 2 });
    expect(await collection()).toMatchObject({ id: before?.id, latest_id: second.id });
    expect((await send(`DELETE /artifacts/${second.id}`)).status).toBe(204);
    expect(await collection()).toEqual(before);
    expect([first.id, second.id]).not.toContain(before?.id);
  });

  it("a labelled version is not deleted, which clients of Prefect cannot force", async () => {
    const { id } = await createArtifact({ key: "labelled", data: 1 });
    const set = (version: number | null) =>
      server.post("collection.label", JSON.stringify({ key: "labelled", label: "production", version }));
    await set(1);
    const refused = await send(`DELETE /artifacts/${id}`);
    expect(refused).toMatchObject({
      status: 409,
      value: { detail: expect.stringContaining("labelled@1 (production)") },
    });
    await set(null);
    expect((await send(`DELETE /artifacts/${id}`)).status).toBe(204);
  });

  it("update returns 204 without a body, delete succeeds once", async () => {
    const { id } = await createArtifact({ key: "patch", description: "was", data: 1 });
    const patched = await send(`PATCH /artifacts/${id}`, { data: 2, metadata_: { done: "yes" } });
    expect([patched.status, patched.text, patched.headers.get("content-type")]).toEqual([204, "", null]);
    expect((await send(`GET /artifacts/${id}`)).value).toMatchObject({
      data: 2,
      description: "was",
      metadata_: { done: "yes" },
    });
    expect((await send(`PATCH /artifacts/${id}`, { description: null })).status).toBe(204);
    expect((await send(`GET /artifacts/${id}`)).value).toMatchObject({ data: 2, description: null });
    expect((await send(`PATCH /artifacts/${id}`, { key: "other" })).status).toBe(422);
    expect((await send(`PATCH /artifacts/${id}`)).status).toBe(422);
    expect((await send(`DELETE /artifacts/${id}/`)).status).toBe(204);
    for (const request of [`DELETE /artifacts/${id}`, `PATCH /artifacts/${id}`]) {
      const response = await send(request, request.startsWith("PATCH") ? {} : undefined);
      expect(response).toMatchObject({ status: 404, value: { detail: "Artifact not found." } });
    }
  });

  it("a reason in the URL is in the history; a broken one writes nothing", async () => {
    const row = await createArtifact({ key: "reasons", data: 0 });
    const path = `/artifacts/${row.id}`;
    const long = `reason=${"x".repeat(501)}`;
    for (const broken of ["reason=", long, "reason=a%0A%00"]) {
      const { status, value } = await send(`PATCH ${path}?${broken}`, { description: "changed" });
      expect([broken.slice(0, 12), status]).toEqual([broken.slice(0, 12), 422]);
      expect(value).toMatchObject({ exception_detail: [{ loc: ["query", "reason"] }] });
      expect((await send(`DELETE ${path}?${broken}`)).status).toBe(422);
    }
    expect((await send(`PATCH ${path}?reason=It%20was%20%E2%80%9Cwrong%E2%80%9D`, { description: "b" })).status).toBe(
      204,
    );
    expect((await send("POST /artifacts/?reason=New+data", { key: "reasons", data: 1 })).status).toBe(201);
    expect((await send(`DELETE ${path}?reason=Duplicate`)).status).toBe(204);
    // Other routes ignore it, as they do any parameter.
    expect((await send(`GET ${path}?reason=`)).status).toBe(404);
    const history = await callerOn(server).collection.history({ key: "reasons" });
    expect(history.items.map(({ verb, reason }) => [verb, reason])).toEqual([
      ["artifact.remove", "Duplicate"],
      ["artifact.create", "New data"],
      ["artifact.update", "It was “wrong”"],
      ["artifact.create", null],
    ]);
  });

  it("another method returns 405 with the allowed methods", async () => {
    const { status, headers, value } = await send("PUT /artifacts/", {});
    expect([status, headers.get("allow"), value]).toEqual([405, "POST", { detail: "Method Not Allowed" }]);
  });
});

test("data keeps its exact text in single responses and in lists", async () => {
  const data = '{"z": 1.0, "a":123456789012345678901234567890,"nul":"\\u0000", "esc":"\\u00e9"}';
  const { text, value } = await send("POST /artifacts/", `{"key":"exact","data":${data}}`);
  expect(text).toContain(`"data":${data},`);
  const { id } = value as { id: string }; // a 201 returns a row
  expect((await send(`GET /artifacts/${id}`)).text).toContain(data);
  const of = { artifacts: { key: { any_: ["exact"] } } };
  expect((await send("POST /artifacts/filter", of)).text).toContain(data);
  expect((await send("POST /artifacts/latest/filter", of)).text).toContain(data);
  await send(`PATCH /artifacts/${id}`, `{"data":[1.50,  -0]}`);
  expect((await send("GET /artifacts/exact/latest")).text).toContain(`"data":[1.50,  -0],`);
});

test("metadata values that are not strings are returned as JSON text", async () => {
  const body = JSON.stringify({ key: "mixed", metadata: { n: 1.5, list: [1], text: "x" } });
  await server.post("artifact.create", body);
  expect((await send("GET /artifacts/mixed/latest")).value).toMatchObject({
    metadata_: { n: "1.5", list: "[1]", text: "x" },
  });
});

test("limits match Prefect's", async () => {
  const limited = (limit: unknown) => send("POST /artifacts/filter", { limit });
  expect(await limited(201)).toMatchObject({
    status: 422,
    value: { detail: "Invalid limit: must be less than or equal to 200." },
  });
  expect(await limited(-1)).toMatchObject({
    status: 422,
    value: { detail: "Invalid limit: must be greater than or equal to 0." },
  });
  expect((await limited(0)).value).toEqual([]);
  expect((await limited("1")).value).toHaveLength(1);
  expect((await limited(null)).status).toBe(200);
  expect((await send("POST /artifacts/filter", { offset: null, sort: null })).status).toBe(200);
});

test("booleans may be words", async () => {
  const count = async (exists_: unknown) =>
    (await send("POST /artifacts/count", { artifacts: { key: { exists_ } } })).value;
  const [some, none] = [await count(true), await count(false)];
  expect(some).not.toBe(none);
  for (const word of ["true", "Yes", "on", 1]) expect(await count(word)).toBe(some);
  for (const word of ["false", "NO", 0]) expect(await count(word)).toBe(none);
});

test("lists above 32 MiB are streamed row by row, complete and exact", async () => {
  await using large = (await startRestServer({ maxData: 64 * 1024 * 1024 })).server;
  const big = "x".repeat(12 * 1024 * 1024);
  const headers = { "content-type": "application/json" };
  for (const n of [1, 2, 3]) {
    const response = await large.fetch("/api/artifacts/", {
      method: "POST",
      headers,
      body: `{"key":"big","data":["${big}",${n}.0]}`,
    });
    expect(response.status).toBe(201);
    await response.body?.cancel();
  }
  const body = JSON.stringify({ sort: "CREATED_DESC" });
  const response = await large.fetch("/api/artifacts/filter", { method: "POST", body, headers });
  expect([response.status, response.headers.get("content-length")]).toEqual([200, null]);
  expect(response.headers.get("content-type")).toBe("application/json");
  const text = await response.text();
  expect(JSON.parse(text)).toHaveLength(3);
  expect(Object.keys(JSON.parse(text)[0])).toEqual(FIELDS);
  expect(text.indexOf('x",3.0]')).toBeLessThan(text.indexOf('x",1.0]'));
  const latest = await large.fetch("/api/artifacts/latest/filter", { method: "POST" });
  expect(await latest.json()).toHaveLength(1);
});

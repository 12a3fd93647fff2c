import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestServer } from "#test/http-server";
import { readOpenApi, type SendRequest, startRestServer } from "#test/rest-server";
import { openapi, PREFECT_VERSION } from "./openapi";
import { routes } from "./routes";

let server: TestServer;
let send: SendRequest;
beforeAll(async () => {
  ({ server, send } = await startRestServer());
});
afterAll(() => server[Symbol.asyncDispose]());

type Row = { id: string };

test("every route responds as documented", async () => {
  const { expectDocumented } = await readOpenApi(send);
  const seen = new Set<string>();
  const call = async (method: string, path: string, names: Record<string, string> = {}, body?: unknown) => {
    const real = path.replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? "");
    const { status, text, value } = await send(`${method} ${real}`, body);
    expectDocumented(method, path, { status, text, value });
    if (status < 300) seen.add(`${method} ${path}`);
    return value as Row; // only routes that return a row are used for ids
  };

  const flow = await call("POST", "/flows", {}, { name: "etl", tags: ["a"], labels: { team: "x" } });
  await call("POST", "/flows", {}, { name: "etl" });
  const deployment = await call("POST", "/deployments", {}, { name: "d", flow_id: flow.id, concurrency_limit: 3 });
  const parameters = { deep: [{ a: null }] };
  const run = await call("POST", "/flow_runs", {}, { flow_id: flow.id, parameters, state: { type: "PENDING" } });
  const task = await call("POST", "/task_runs", {}, { flow_run_id: run.id, task_key: "t", dynamic_key: "0" });
  await call("POST", "/deployments/{id}/create_flow_run", deployment, {});
  await call("POST", "/deployments/get_scheduled_flow_runs", {}, { deployment_ids: [deployment.id] });
  for (const [noun, { id }] of [
    ["flow_runs", run],
    ["task_runs", task],
  ] as const) {
    await call("POST", `/${noun}/{id}/set_state`, { id }, { state: { type: "RUNNING", message: "go" } });
    await call("PATCH", `/${noun}/{id}`, { id }, { name: "renamed" });
  }
  await call("GET", "/flow_runs/{id}/graph-v2", run);
  await call("GET", "/ui/task_runs/{id}", task);
  const span = { history_start: "2026-01-01", history_end: "2100-01-01", history_interval_seconds: 1e9 };
  for (const noun of ["flow_runs", "task_runs"]) await call("POST", `/${noun}/history`, {}, span);
  await call("POST", "/flow_runs/lateness", {}, {});
  await call("POST", "/ui/flow_runs/history");
  await call("POST", "/ui/flow_runs/count-task-runs", {}, { flow_run_ids: [run.id] });
  await call("POST", "/ui/flows/count-deployments", {}, { flow_ids: [flow.id] });
  await call("POST", "/ui/flows/next-runs", {}, { flow_ids: [flow.id] });
  await call("POST", "/ui/task_runs/count", {}, {});
  await call("POST", "/ui/task_runs/dashboard/counts", {}, { task_runs: { start_time: { after_: "2026-01-01" } } });
  await call("PATCH", "/flows/{id}", flow, { tags: [] });
  await call("PATCH", "/deployments/{id}", deployment, { paused: true });
  await call("GET", "/flows/name/{name}", { name: "etl" });
  await call("GET", "/deployments/name/{flow}/{name}", { flow: "etl", name: "d" });

  const full = { key: "all", type: "table", description: "", data: [{ a: 1 }], metadata_: { a: "" } };
  const artifact = await call("POST", "/artifacts", {}, { ...full, flow_run_id: run.id, task_run_id: task.id });
  await call("POST", "/artifacts", {}, {});
  await call("PATCH", "/artifacts/{id}", artifact, { data: null });
  await call("GET", "/artifacts/{key}/latest", { key: "all" });
  for (const path of ["/artifacts", "/artifacts/latest", "/flows", "/deployments", "/flow_runs", "/task_runs"]) {
    await call("POST", `${path}/filter`);
    await call("POST", `${path}/filter`, {}, { limit: 1000 });
    await call("POST", `${path}/count`, {}, {});
    if (!path.startsWith("/artifacts")) await call("POST", `${path}/paginate`, {}, { limit: 1, page: 1 });
    await call("POST", `${path}/count`, {}, { flows: 7 });
  }
  await call("POST", "/artifacts", {}, { key: "NO" });
  const rows = { artifacts: artifact, task_runs: task, flow_runs: run, deployments: deployment, flows: flow };
  for (const [noun, { id }] of Object.entries(rows)) {
    await call("GET", `/${noun}/{id}`, { id });
    await call("DELETE", `/${noun}/{id}`, { id });
    await call("DELETE", `/${noun}/{id}`, { id });
  }
  expect([...seen].sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
});

test("bodies are documented as they are parsed", async () => {
  const { paths, checkOf, components } = await readOpenApi(send);
  const body = checkOf(paths["/artifacts"]?.post?.requestBody?.content["application/json"].schema);
  expect(body.safeParse({ key: "a", metadata_: { a: "b" }, data: [1] }).success).toBe(true);
  expect(body.safeParse({ metadata: {} }).success).toBe(false);
  expect(JSON.stringify({ paths, components })).not.toMatch(/\$defs|"\$id"|__shared/);
});

test("filters and their conditions are schemas of their own, as generators of clients need them", async () => {
  const { components, paths } = await readOpenApi(send);
  const { schemas } = components;
  const optional = (name: string) => ({ anyOf: [{ $ref: `#/components/schemas/${name}` }, { type: "null" }] });
  expect(paths["/flow_runs/filter"]?.post?.requestBody?.content["application/json"].schema).toEqual(
    optional("FlowRunFilterBody"),
  );
  expect(schemas.FlowRunFilterBody.properties).toMatchObject({
    flows: optional("FlowFilter"),
    flow_runs: optional("FlowRunFilter"),
    sort: optional("FlowRunSort"),
  });
  expect(schemas.FlowRunFilter).toMatchObject({
    type: "object",
    properties: { operator: optional("Operator"), name: optional("TextCondition"), state: optional("StateCondition") },
  });
  expect(schemas.MetadataCondition.properties.equals_).toEqual({ $ref: "#/components/schemas/JsonValue" });
  expect(schemas.TextCondition.properties.any_.anyOf[0]).toMatchObject({ type: "array", items: { type: "string" } });
  expect(Object.keys(schemas.ArtifactCollectionFilter.properties)).toContain("latest_id");
  // Every object below a filter has a name, or a generator would make one up.
  const filters = Object.entries<object>(schemas).filter(([name]) => /(?:Filter|Condition)$/.test(name));
  for (const [name, filter] of filters) expect(JSON.stringify(filter).split('"type":"object"'), name).toHaveLength(2);
});

type Operation = {
  operationId: string;
  tags: string[];
  summary: string;
  parameters: { name: string; in: string; required: boolean; schema: object }[];
  requestBody?: { required: boolean };
  responses: Record<string, { description: string }>;
};

/** Every operation of the document, as `POST /artifacts`. */
function operations(): [string, Operation][] {
  const paths = openapi().paths as Record<string, Record<string, Operation>>; // the form of an OpenAPI document
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );
}

test("every operation has a unique id, a tag, and sentences that describe it and its responses", () => {
  const all = operations();
  expect(new Set(all.map(([, { operationId }]) => operationId)).size).toBe(routes.length);
  for (const [name, { operationId, tags, summary, responses }] of all) {
    expect(operationId, name).toMatch(/^(?:create|read|list|paginate|count|update|delete|set)(?:_[a-z]+)+$/);
    expect(tags, name).toEqual([name.split("/")[1]]);
    expect(summary, name).toMatch(/^[A-Z][^.]+\.$/);
    for (const { description } of Object.values(responses)) expect(description, name).toMatch(/^[A-Z].+\.$/);
  }
});

test("operations are summarized by their verb and noun", () => {
  const summaries = Object.fromEntries(operations().map(([name, { summary }]) => [name, summary]));
  expect(summaries).toMatchObject({
    "POST /artifacts": "Create an artifact; under an existing key, its next version.",
    "GET /artifacts/{id}": "Read an artifact.",
    "PATCH /artifacts/{id}": "Update an artifact: absent fields are unchanged, null clears.",
    "DELETE /artifacts/{id}": "Delete an artifact.",
    "POST /artifacts/filter": "List artifacts that match a filter.",
    "POST /artifacts/count": "Count artifacts that match a filter.",
    "GET /artifacts/{key}/latest": "Read the latest version of a key.",
    "POST /artifacts/latest/filter": "List the latest version of every key that match a filter.",
    "POST /flows": "Create a flow, or return the existing one.",
    "DELETE /deployments/{id}": "Delete a deployment.",
    "POST /deployments/filter": "List deployments that match a filter.",
    "POST /flows/count": "Count flows that match a filter.",
    "POST /flow_runs": "Create a flow run, or return the existing one.",
    "POST /flow_runs/filter": "List flow runs that match a filter.",
    "POST /task_runs": "Create a task run, or return the existing one.",
    "POST /task_runs/count": "Count task runs that match a filter.",
  });
});

test("an operation documents the statuses and parameters that it can have, and whether its body is required", () => {
  const all = new Map(operations());
  const shape = (name: string) => {
    const { responses, parameters, requestBody } = all.get(name) ?? { responses: {}, parameters: [] };
    return { statuses: Object.keys(responses).map(Number), parameters, body: requestBody?.required };
  };
  const common = [400, 401, 403, 503, 504];
  const id = { name: "id", in: "path", required: true, schema: { type: "string", format: "uuid" } };
  expect(shape("DELETE /artifacts/{id}")).toEqual({
    statuses: [204, 400, 401, 403, 404, 422, 503, 504],
    parameters: [id, { name: "reason", in: "query", description: "Why, for the history.", schema: expect.anything() }],
    body: undefined,
  });
  expect(shape("DELETE /flows/{id}")).toMatchObject({
    statuses: [204, 400, 401, 403, 404, 503, 504],
    parameters: [id],
  });
  expect(shape("POST /flows")).toEqual({
    statuses: [200, 201, ...common, 409, 413, 415, 422].sort(),
    parameters: [],
    body: true,
  });
  expect(shape("POST /flows/filter").body).toBe(false);
  expect(shape("POST /artifacts").statuses).toEqual([201, ...common, 413, 415, 422].sort());
  expect(shape("GET /deployments/name/{flow}/{name}").parameters).toEqual(
    ["flow", "name"].map((name) => ({
      name,
      in: "path",
      required: true,
      schema: { type: "string", pattern: "^[^/\\\\%&><\\u0000-\\u001f\\u007f-\\u009f]+$" },
    })),
  );
});

test("the document says what the API is and how to authenticate", () => {
  const { info, servers, security, components } = Object(openapi());
  expect(info).toMatchObject({ title: "Vitrine REST API (Prefect-compatible)", version: PREFECT_VERSION });
  expect(info.description).toMatch(/^The part of the Prefect 3 API .* so are logs\.$/);
  expect(servers).toEqual([{ url: "/api" }]);
  expect(security).toEqual([{}, { bearer: [] }, { basic: [] }]);
  expect(components.securitySchemes).toEqual({
    bearer: { type: "http", scheme: "bearer" },
    basic: { type: "http", scheme: "basic" },
  });
});

test("the schemas of errors name the fields that errors have", () => {
  const { schemas } = Object(openapi()).components;
  const text = { type: "string" };
  expect(schemas.ErrorDetail).toMatchObject({ properties: { detail: text }, required: ["detail"] });
  expect(schemas.ErrorMessage).toMatchObject({
    properties: { code: text, message: text },
    required: ["code", "message"],
  });
  expect(schemas.ErrorException).toMatchObject({
    properties: { exception_message: text },
    required: ["exception_message"],
  });
  expect(schemas.ErrorPlace.required).toEqual(["type", "loc", "msg"]);
});

import { afterAll, beforeAll, expect, it, test } from "vitest";
import type { TestServer } from "#test/http-server";
import { readOpenApi, type SendRequest, startRestServer } from "#test/rest-server";
import { openapi } from "./openapi";
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
  expect(Object.keys(components.schemas)).toEqual(expect.arrayContaining(["ArtifactFilter", "FlowRunFilter"]));
  expect(JSON.stringify(openapi()).includes("$defs")).toBe(false);
});

it("the HTML page lists every route and loads nothing", async () => {
  const response = await server.fetch("/api/docs");
  const page = await response.text();
  expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(response.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-/);
  for (const { path } of routes) expect(page).toContain(`<code>/api${path}</code>`);
  const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  for (const [, id] of page.matchAll(/ href="#([^"]+)"/g)) expect(ids).toContain(id);
  expect(page).toContain("<code>name</code> <small>required</small>");
  expect(page).not.toMatch(/<(?:script|link|img|iframe)|(?:src|href)="(?![#/])|url\(/);
});

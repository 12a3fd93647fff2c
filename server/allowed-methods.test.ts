import { afterAll, beforeAll, expect, it } from "vitest";
import type { TestServer } from "#test/http-server";
import { readOpenApi, type SendRequest, startRestServer } from "#test/rest-server";

const ID = "018f2f3e-0000-7000-8000-000000000000";

let server: TestServer;
let send: SendRequest;
beforeAll(async () => {
  ({ server, send } = await startRestServer());
});
afterAll(() => server[Symbol.asyncDispose]());

const sorted = (methods: string) => methods.split(", ").sort();

it("OPTIONS gives the methods that the OpenAPI document has for each path", async () => {
  const { paths } = await readOpenApi(send);
  for (const [path, operations] of Object.entries(paths)) {
    const real = path.replace("{id}", ID).replace(/\{\w+\}/g, "x");
    const { status, headers } = await send(`OPTIONS ${real}`);
    const documented = Object.keys(operations).map((method) => method.toUpperCase());
    expect([path, status, sorted(headers.get("allow") ?? "")]).toEqual([path, 204, [...documented, "OPTIONS"].sort()]);
  }
});

it.each([
  ["/api/health", "GET, HEAD"],
  ["/api/sign-in", "POST"],
  ["/api/hello", "GET"],
  ["/api/logs/", "POST"],
  ["/api/backup", "GET"],
  ["/api/audit", "GET"],
  [`/api/restore/${ID}`, "POST"],
  [`/api/restore/${ID}/7`, "PUT"],
  ["/api/trpc/artifact.list", "GET, HEAD, POST"],
  ["/api/trpc/artifact.create", "POST"],
  ["/api/trpc/artifact.create,artifact.remove", "POST"],
  ["/api/trpc/changes.watch", "GET, POST"],
])("%s supports %s, and 405 says so", async (path, methods) => {
  const options = await server.fetch(path, { method: "OPTIONS" });
  expect([options.status, options.headers.get("allow")]).toEqual([204, `${methods}, OPTIONS`]);
  const { status, headers } = await server.fetch(path, { method: "DELETE" });
  expect([status, headers.get("allow")?.replace(", OPTIONS", "")]).toEqual([405, methods]);
});

it("a download supports GET and HEAD", async () => {
  const { headers } = await server.fetch(`/api/artifacts/${ID}/data`, { method: "OPTIONS" });
  expect(headers.get("allow")).toBe("GET, HEAD, OPTIONS");
});

it.each(["/api/nothing", "/api/trpc/no.such", "/api/artifacts/no/such/path", "/api/restore"])(
  "OPTIONS of %s, which does not exist, is 404",
  async (path) => {
    expect((await server.fetch(path, { method: "OPTIONS" })).status).toBe(404);
  },
);

import { afterAll, beforeAll, expect, test } from "vitest";
import { createShare } from "#server/http/body-budget";
import type { TestServer } from "#test/http-server";
import { type SendRequest, startRestServer } from "#test/rest-server";
import { PREFECT_VERSION } from "./openapi";

let server: TestServer;
let send: SendRequest;
beforeAll(async () => {
  ({ server, send } = await startRestServer());
});
afterAll(() => server[Symbol.asyncDispose]());

test.each([
  ["GET /csrf-token?client=x", 422, { detail: "CSRF protection is disabled." }],
  ["GET /admin/storage", 200, { default_result_storage_block_id: null }],
  ["GET /health", 200, true],
  ["GET /ready", 200, { message: "OK" }],
  ["GET /hello", 200, "👋"],
  ["GET /version", 200, "0.8.4"],
  ["GET /automations/related-to/prefect.deployment.00000000-0000-4000-8000-000000000000", 200, []],
  ["POST /work_pools/filter", 200, []],
  ["POST /variables/filter", 200, []],
  ["POST /automations/filter", 200, []],
  ["POST /concurrency_limits/filter", 200, []],
  ["POST /v2/concurrency_limits/filter", 200, []],
  ["POST /logs/filter", 200, []],
  ["POST /variables/count", 200, 0],
  ["POST /events/filter", 200, { events: [], total: 0, next_page: null }],
  ["GET /admin/settings", 200, {}],
  ["POST /concurrency_limits/increment", 200, []],
  ["POST /concurrency_limits/decrement", 200, []],
  ["POST /v2/concurrency_limits/increment", 200, []],
  ["POST /v2/concurrency_limits/decrement", 200, []],
  [
    "POST /v2/concurrency_limits/increment-with-lease",
    200,
    { lease_id: "00000000-0000-0000-0000-000000000000", limits: [] },
  ],
  ["POST /v2/concurrency_limits/decrement-with-lease", 204, undefined],
  ["POST /v2/concurrency_limits/leases/00000000-0000-0000-0000-000000000000/renew", 204, undefined],
  ["GET /automations/related-to/a/b", 404, {}],
  ["GET /logs/", 405, { detail: "Method Not Allowed" }],
  ["DELETE /hello", 405, { detail: "Method Not Allowed" }],
])("%s", async (request, status, value) => {
  expect(await send(request)).toMatchObject({ status, value });
});

test.each([
  ["prefect/3.0.11 (API 0.8.4)", "3.0.11"],
  ["prefect/3.8.8+7.gabc.dirty (API 0.8.4)", "3.8.8+7.gabc.dirty"],
  ["prefect/2.20.25 (API 0.8.4)", PREFECT_VERSION],
  ["prefect/3.1", PREFECT_VERSION],
  ["python-httpx/0.28.1", PREFECT_VERSION],
])("the client %s gets the version %s", async (agent, version) => {
  for (const path of ["/admin/version", "/admin/version/"]) {
    expect(await send(`GET ${path}`, undefined, { "user-agent": agent })).toMatchObject({
      status: 200,
      value: version,
    });
  }
});

test("a request that does not name its version gets the newest of any client", async () => {
  const version = async () => (await send("GET /admin/version", undefined, { "user-agent": "python-httpx/1" })).value;
  await send("POST /flows/filter", {}, { "user-agent": "prefect/3.99.0 (API 0.9.0)" });
  expect(await version()).toBe("3.99.0");
  await send("POST /flows/filter", {}, { "user-agent": "prefect/3.98.7 (API 0.9.0)" });
  expect(await version()).toBe("3.99.0");
});

test("another method gets the methods that there are", async () => {
  expect((await send("GET /logs")).headers.get("allow")).toBe("POST");
  expect((await send("POST /hello", {})).headers.get("allow")).toBe("GET");
});

test("a body that is discarded has a limit too", async () => {
  expect((await send("POST /logs/", "x".repeat(16 * 1024 * 1024))).status).toBe(201);
  expect((await send("POST /logs/", "x".repeat(16 * 1024 * 1024 + 1))).status).toBe(413);
});

test("what is discarded takes nothing of the memory for uploads", async () => {
  const shares = ["one", "other", "third"].map(createShare);
  for (const share of shares) share.take(65 * 1024 * 1024);
  expect((await send("POST /logs/", "x".repeat(16 * 1024 * 1024))).status).toBe(201);
  for (const share of shares) share.release();
});

test("logs are accepted and discarded", async () => {
  expect(await send("POST /logs/", [{ message: "x".repeat(100_000) }])).toMatchObject({ status: 201, value: null });
});

test.each([
  ["0.8.4", 200],
  ["0.8.0", 200],
  ["0.9.0", 200],
  ["1.0.0", 200],
  ["0.7.0", 400],
  ["0.7.9", 400],
  ["0.8", 400],
  ["zero", 400],
  ["1.2.3.4", 400],
  ["v0.8.4", 400],
  ["0.8.4-rc", 400],
  ["0.8.12345", 200],
  ["0.8.1234567890", 400],
  ["0.10.0", 200],
])("a client of API version %s gets %i", async (version, status) => {
  const headers = { "x-prefect-api-version": version };
  expect((await send("POST /artifacts/count", {}, headers)).status).toBe(status);
  expect((await send("GET /version", undefined, headers)).status).toBe(status);
});

test("an old API version gets the required version", async () => {
  const { value } = await send("POST /artifacts/count", {}, { "x-prefect-api-version": "0.7.0" });
  const detail = "The request specified API version 0.7.0 but this server requires version 0.8.0 or higher.";
  expect(value).toEqual({ detail });
});

test("an unreadable API version is shown up to 50 characters", async () => {
  const { value } = await send("GET /version", undefined, { "x-prefect-api-version": "9".repeat(60) });
  const detail = "Invalid X-PREFECT-API-VERSION header format.Expected header in format 'x.y.z' but received ";
  expect(value).toEqual({ detail: detail + "9".repeat(50) });
});

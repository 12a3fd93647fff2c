import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { VitrineError } from "#contract/error";
import { type FaultyProxy, openFaultyProxy } from "#test/faulty-proxy";
import { startHttpServer, type TestServer } from "#test/http-server";
import { connect } from "./connect";

const UNREACHABLE = "http://127.0.0.1:1";

let server: TestServer;
let proxy: FaultyProxy;
beforeAll(async () => {
  server = await startHttpServer();
  proxy = await openFaultyProxy(server.origin);
});
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const viaProxy = (options = {}) => connect({ url: proxy.url, ...options });
const countVersions = (key: string) =>
  connect({ url: server.origin }).artifact.count.query({ where: { artifacts: { key: { any: [key] } } } });

/** The error of a call that must fail. */
async function errorOf(work: Promise<unknown>): Promise<VitrineError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(VitrineError);
  return error as VitrineError; // asserted above
}

describe("a response that is lost after the server processed the request", () => {
  test("creates one version and one run", async () => {
    proxy.faults.push("drop", "drop");
    expect(await viaProxy().artifact.create.mutate({ key: "lost", data: 1 })).toMatchObject({ version: 1 });
    proxy.faults.push("drop");
    const items = [{ key: "lost-many" }, { key: "lost-many" }];
    expect(await viaProxy().artifact.createMany.mutate({ items })).toMatchObject([{ version: 1 }, { version: 2 }]);
    proxy.faults.push("drop");
    await viaProxy().markdown("lost-markdown", "one");
    expect(await Promise.all(["lost", "lost-many", "lost-markdown"].map(countVersions))).toEqual([1, 2, 1]);
    const { id: flowId } = await viaProxy().flow.create.mutate({ name: "lost" });
    proxy.faults.push("drop");
    await viaProxy().flowRun.create.mutate({ flowId });
    expect(await viaProxy().flowRun.count.query({ where: { flowRuns: { flowId: { any: [flowId] } } } })).toBe(1);
  });

  test("is retried for queries and updates, but not for removals", async () => {
    const { id } = await viaProxy().json("removed", 1);
    proxy.faults.push("drop");
    expect(await viaProxy().artifact.update.mutate({ id, data: 2 })).toMatchObject({ number: 2 });
    proxy.faults.push("drop");
    expect(await viaProxy().artifact.read.query({ id })).toMatchObject({ data: 2 });
    proxy.faults.push("drop");
    proxy.requests.length = 0;
    expect(await errorOf(viaProxy().artifact.remove.mutate({ id }))).toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    expect(proxy.requests).toHaveLength(1);
  });
});

test("batches calls of one turn, at most 20 a request; sends large calls alone", async () => {
  proxy.requests.length = 0;
  const vitrine = viaProxy();
  await Promise.all(Array.from({ length: 45 }, (_, n) => vitrine.json(`batched-${n}`, n)));
  expect(proxy.requests.map((path) => path.split(",").length)).toEqual([20, 20, 5]);
  proxy.requests.length = 0;
  const large = "x".repeat(100_000);
  await Promise.all([vitrine.markdown("large", large), vitrine.markdown("large-too", large)]);
  expect(proxy.requests).toEqual(["/api/trpc/artifact.create", "/api/trpc/artifact.create"]);
  const ids = Array.from({ length: 1000 }, () => "00000000-0000-4000-8000-000000000000");
  expect(await vitrine.artifact.count.query({ where: { artifacts: { id: { any: ids } } } })).toBe(0);
});

describe("every failure is a VitrineError with a code", () => {
  test("names the invalid field of an input", async () => {
    const error = await errorOf(viaProxy().artifact.create.mutate({ key: "Upper", data: 1 }));
    expect(error).toMatchObject({ code: "BAD_REQUEST", details: { field: "key" } });
    expect(error.message).toContain("lowercase");
  });

  test("gives the key and version of a deleted artifact", async () => {
    const vitrine = viaProxy();
    const { id } = await vitrine.json("deleted", 1);
    await vitrine.artifact.remove.mutate({ id });
    const error = await errorOf(vitrine.artifact.read.query({ id }));
    expect(error).toMatchObject({ code: "NOT_FOUND", details: { key: "deleted", version: 1 } });
  });

  test("rejects within the time limit when the server is unreachable", async () => {
    const start = Date.now();
    const error = await errorOf(connect({ url: UNREACHABLE, timeout: 1000 }).artifact.count.query());
    expect(error.code).toBe("SERVICE_UNAVAILABLE");
    expect(error.message).toMatch(/^Cannot reach Vitrine at http:\/\/127\.0\.0\.1:1 \(.+\)/);
    expect(Date.now() - start).toBeLessThan(2000);
  });

  test("rejects with TIMEOUT after the limit of the connection or of the call", async () => {
    proxy.faults.push("hang", "hang");
    const error = await errorOf(viaProxy({ timeout: 50 }).artifact.count.query());
    expect(error).toMatchObject({ code: "TIMEOUT", message: expect.stringContaining("within 50 ms") });
    const context = { timeout: 60 };
    expect(await errorOf(viaProxy().artifact.count.query({}, { context }))).toMatchObject({ code: "TIMEOUT" });
    expect(await viaProxy().artifact.count.query()).toBeGreaterThan(0);
  });

  test.each([
    [502, "text/html", "<h1>Bad gateway</h1>", "SERVICE_UNAVAILABLE"],
    [404, "text/html", "<h1>Nothing</h1>", "INTERNAL_SERVER_ERROR"],
    [404, "application/json", '{"detail":"Not Found"}', "INTERNAL_SERVER_ERROR"],
    [200, "text/html", "<h1>Another product</h1>", "INTERNAL_SERVER_ERROR"],
    [200, "application/json", '{"hello":"world"}', "INTERNAL_SERVER_ERROR"],
    [200, "application/json", '{"cut', "SERVICE_UNAVAILABLE"],
  ])("maps a response %i of %s: %s", async (status, type, body, code) => {
    proxy.faults.push({ status, type, body });
    expect(await errorOf(viaProxy({ retries: 0 }).artifact.count.query())).toMatchObject({ code });
    proxy.faults.push({ status: 502, type, body: "" });
    expect(await viaProxy().artifact.count.query()).toBeGreaterThan(0);
  });
});

test("an aborted call rejects with the reason of its signal; the rest of its batch continues", async () => {
  const vitrine = viaProxy();
  const aborted = AbortSignal.abort(new Error("mine"));
  const [first, second] = await Promise.allSettled([
    vitrine.artifact.count.query({}, { signal: aborted }),
    vitrine.artifact.count.query(),
  ]);
  expect(first).toMatchObject({ status: "rejected", reason: { message: "mine" } });
  expect(second.status).toBe("fulfilled");
});

test("takes the URL and the API key from the environment unless they are options", async () => {
  await using guarded = await startHttpServer({
    apiKeys: [{ name: "ann", role: "write", secret: "a-secret-of-some-length" }],
  });
  Object.assign(process.env, { VITRINE_URL: `${guarded.origin}/`, VITRINE_API_KEY: "a-secret-of-some-length" });
  expect(await connect().json("from-env", 1)).toMatchObject({ version: 1 });
  expect(await errorOf(connect({ apiKey: "another" }).json("from-env", 1))).toMatchObject({ code: "UNAUTHORIZED" });
  Object.assign(process.env, { VITRINE_URL: "", VITRINE_API_KEY: "" });
  expect(connect().url).toBe("http://127.0.0.1:4400");
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { VitrineError } from "#contract/error";
import { type Between, between } from "#test/faulty-proxy";
import { type OpenDoor, openDoor } from "#test/http-server";
import { connect } from "./connect";

let door: OpenDoor;
let way: Between;
beforeAll(async () => {
  door = await openDoor();
  way = await between(door.origin);
});
afterAll(async () => {
  await way[Symbol.asyncDispose]();
  await door[Symbol.asyncDispose]();
});

const NOBODY = "http://127.0.0.1:1";
const through = (options = {}) => connect({ url: way.url, ...options });
const versionsOf = (key: string) =>
  connect({ url: door.origin }).artifact.count.query({ where: { artifacts: { key: { any: [key] } } } });

/** What a call that must fail throws. */
async function thrownBy(work: Promise<unknown>): Promise<VitrineError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(VitrineError);
  return error as VitrineError; // it is one, see above
}

describe("an answer that is lost after the work was done", () => {
  test("makes one version, whichever create it was, and one run", async () => {
    way.harm.push("lose", "lose");
    expect(await through().artifact.create.mutate({ key: "lost", data: 1 })).toMatchObject({ version: 1 });
    way.harm.push("lose");
    const items = [{ key: "lost-many" }, { key: "lost-many" }];
    expect(await through().artifact.createMany.mutate({ items })).toMatchObject([{ version: 1 }, { version: 2 }]);
    way.harm.push("lose");
    await through().markdown("lost-line", "one");
    expect(await Promise.all(["lost", "lost-many", "lost-line"].map(versionsOf))).toEqual([1, 2, 1]);
    const { id: flowId } = await through().flow.create.mutate({ name: "lost" });
    way.harm.push("lose");
    await through().flowRun.create.mutate({ flowId });
    expect(await through().flowRun.count.query({ where: { flowRuns: { flowId: { any: [flowId] } } } })).toBe(1);
  });

  test("is asked for again by a query and by a change, not by a removal", async () => {
    const { id } = await through().json("removed", 1);
    way.harm.push("lose");
    expect(await through().artifact.update.mutate({ id, data: 2 })).toMatchObject({ number: 2 });
    way.harm.push("lose");
    expect(await through().artifact.read.query({ id })).toMatchObject({ data: 2 });
    way.harm.push("lose");
    way.asked.length = 0;
    expect(await thrownBy(through().artifact.remove.mutate({ id }))).toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    expect(way.asked).toHaveLength(1);
  });
});

test("calls of one turn travel together, at most twenty; a large one alone", async () => {
  way.asked.length = 0;
  const vitrine = through();
  await Promise.all(Array.from({ length: 45 }, (_, n) => vitrine.json(`batched-${n}`, n)));
  expect(way.asked.map((path) => path.split(",").length)).toEqual([20, 20, 5]);
  way.asked.length = 0;
  const large = "x".repeat(100_000);
  await Promise.all([vitrine.markdown("large", large), vitrine.markdown("large-too", large)]);
  expect(way.asked).toEqual(["/api/trpc/artifact.create", "/api/trpc/artifact.create"]);
  const ids = Array.from({ length: 1000 }, () => "00000000-0000-4000-8000-000000000000");
  expect(await vitrine.artifact.count.query({ where: { artifacts: { id: { any: ids } } } })).toBe(0);
});

describe("whatever fails is a StoreError with a closed code", () => {
  test("a refused input names its field", async () => {
    const error = await thrownBy(through().artifact.create.mutate({ key: "Upper", data: 1 }));
    expect(error).toMatchObject({ code: "BAD_REQUEST", details: { field: "key" } });
    expect(error.message).toContain("lowercase");
  });

  test("what was removed says when", async () => {
    const vitrine = through();
    const { id } = await vitrine.json("gone", 1);
    await vitrine.artifact.remove.mutate({ id });
    const error = await thrownBy(vitrine.artifact.read.query({ id }));
    expect(error).toMatchObject({ code: "NOT_FOUND", details: { key: "gone", version: 1 } });
  });

  test("nobody there, in a bounded time", async () => {
    const begun = Date.now();
    const error = await thrownBy(connect({ url: NOBODY, timeout: 1000 }).artifact.count.query());
    expect(error.code).toBe("SERVICE_UNAVAILABLE");
    expect(error.message).toMatch(/^No Vitrine answered at http:\/\/127\.0\.0\.1:1 \(.+\)/);
    expect(Date.now() - begun).toBeLessThan(2000);
  });

  test("no answer within the time of the connection, or of the call", async () => {
    way.harm.push("hang", "hang");
    const late = await thrownBy(through({ timeout: 50 }).artifact.count.query());
    expect(late).toMatchObject({ code: "TIMEOUT", message: expect.stringContaining("within 50 ms") });
    const context = { timeout: 60 };
    expect(await thrownBy(through().artifact.count.query({}, { context }))).toMatchObject({ code: "TIMEOUT" });
    expect(await through().artifact.count.query()).toBeGreaterThan(0);
  });

  test.each([
    [502, "text/html", "<h1>Bad gateway</h1>", "SERVICE_UNAVAILABLE"],
    [404, "text/html", "<h1>Nothing</h1>", "NOT_FOUND"],
    [404, "application/json", '{"detail":"Not Found"}', "NOT_FOUND"],
    [200, "text/html", "<h1>Another product</h1>", "INTERNAL_SERVER_ERROR"],
    [200, "application/json", '{"hello":"world"}', "INTERNAL_SERVER_ERROR"],
    [200, "application/json", '{"cut', "SERVICE_UNAVAILABLE"],
  ])("an answer %i of %s: %s", async (status, type, body, code) => {
    way.harm.push({ status, type, body });
    expect(await thrownBy(through({ retries: 0 }).artifact.count.query())).toMatchObject({ code });
    way.harm.push({ status: 502, type, body: "" });
    expect(await through().artifact.count.query()).toBeGreaterThan(0);
  });
});

test("who gives a call up hears their own reason, while the rest of its batch goes on", async () => {
  const vitrine = through();
  const given = AbortSignal.abort(new Error("mine"));
  const [up, on] = await Promise.allSettled([
    vitrine.artifact.count.query({}, { signal: given }),
    vitrine.artifact.count.query(),
  ]);
  expect(up).toMatchObject({ status: "rejected", reason: { message: "mine" } });
  expect(on.status).toBe("fulfilled");
});

test("an address and a key come from the environment where they are not given", async () => {
  await using guarded = await openDoor({
    apiKeys: [{ name: "ann", role: "write", secret: "a-secret-of-some-length" }],
  });
  Object.assign(process.env, { VITRINE_URL: `${guarded.origin}/`, VITRINE_API_KEY: "a-secret-of-some-length" });
  expect(await connect().json("from-env", 1)).toMatchObject({ version: 1 });
  expect(await thrownBy(connect({ apiKey: "another" }).json("from-env", 1))).toMatchObject({ code: "UNAUTHORIZED" });
  Object.assign(process.env, { VITRINE_URL: "", VITRINE_API_KEY: "" });
  expect(connect().url).toBe("http://127.0.0.1:4400");
});

import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { connect } from "#db/postgres";
import { type FreshDatabase, freshDatabase } from "#test/database";
import { serve } from "#test/http-server";
import { openPathProxy, type PathFault } from "#test/path-proxy";
import { doctor } from "./models/admin";
import { createChanges } from "./models/changes";

/** How long a request may take, and recovery after the path works again, in milliseconds. */
const LONGEST = 5_000;
const RECOVERY = 10_000;

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh[Symbol.asyncDispose]());

/** A server whose connections to its database pass through a proxy. */
async function serverBehindPath() {
  const path = await openPathProxy(fresh.address);
  const connection = connect(path.address);
  const changes = createChanges(path.address);
  const server = await serve({ pools: connection.pools, changes });
  const created = await server.post("artifact.create", '{"key":"seen","data":"# Seen"}');
  const { id } = (await created.json()).result.data;
  const rest = { method: "POST", headers: { "content-type": "application/json" } };
  const kinds: Record<string, () => Promise<Response>> = {
    read: () => server.post("artifact.read", JSON.stringify({ id })),
    latest: () => server.post("collection.latest", '{"key":"seen"}'),
    list: () => server.post("collection.list", "{}"),
    create: () => server.post("artifact.create", '{"key":"seen"}'),
    update: () => server.post("artifact.update", JSON.stringify({ id, description: "new" })),
    "REST read": () => server.fetch(`/api/artifacts/${id}`),
    "REST create": () => server.fetch("/api/artifacts/", { ...rest, body: '{"key":"seen"}' }),
    download: () => server.fetch(`/api/artifacts/${id}/data`),
    ready: () => server.fetch("/api/ready"),
  };
  return {
    path,
    kinds,
    server,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await path[Symbol.asyncDispose]();
      await Promise.all([changes.close(), connection.close()]);
    },
  };
}

/** Sends requests of every kind, each after the response to the last of its kind, for as long as `isLoading`. */
async function load(kinds: Record<string, () => Promise<Response>>, isLoading: () => boolean) {
  const slow: [string, number][] = [];
  const statuses = new Set<number>();
  const one = async (name: string, send: () => Promise<Response>) => {
    while (isLoading()) {
      const start = performance.now();
      const response = await send();
      await response.text();
      statuses.add(response.status);
      if (performance.now() - start > LONGEST) slow.push([name, performance.now() - start]);
    }
  };
  await Promise.all(Object.entries(kinds).map(([name, send]) => one(name, send)));
  return { slow, statuses };
}

/** Whether every kind of request succeeds, several times at once. */
async function allWork(kinds: Record<string, () => Promise<Response>>): Promise<string[]> {
  const failed = async ([name, send]: [string, () => Promise<Response>]) => {
    const responses = await Promise.all(Array.from({ length: 4 }, send));
    const texts = await Promise.all(responses.map((response) => response.text()));
    return responses.flatMap(({ ok }, i) => (ok ? [] : [`${name}: ${texts[i]}`]));
  };
  return (await Promise.all(Object.entries(kinds).map(failed))).flat();
}

test.each([
  ["the connections that exist", (path: { swallowExisting(): void }) => path.swallowExisting()],
  [
    "everything",
    (path: { fault: string }) => {
      path.fault = "swallow";
    },
  ],
])(
  "a path that swallows %s for 5 s delays no request beyond 5 s, and all work within 10 s of its healing",
  async (_, fail) => {
    await using behind = await serverBehindPath();
    const { path, kinds } = behind;
    expect(await allWork(kinds)).toEqual([]);
    fail(path);
    const failedAt = performance.now();
    expect((await kinds.ready?.())?.status).toBe(503);
    const { slow, statuses } = await load(kinds, () => performance.now() - failedAt < 5_000);
    path.fault = "pass";
    const healedAt = performance.now();
    expect(slow).toEqual([]);
    expect([...statuses].filter((status) => status !== 200 && status !== 201)).toEqual([503]);
    await expect.poll(() => allWork(kinds), { timeout: RECOVERY, interval: 100 }).toEqual([]);
    expect(performance.now() - healedAt).toBeLessThan(RECOVERY);
  },
);

/** The long run lasts a minute. */
const DURATION = inject("runs") > 1 ? 60_000 : 8_000;

test("faults in random order under load lose no acknowledged write, and delay no request beyond 5 s", async () => {
  await using behind = await serverBehindPath();
  const { path, kinds, server } = behind;
  const acknowledged: string[] = [];
  const create = async () => {
    const response = await server.post("artifact.create", `{"key":"load-${Math.floor(Math.random() * 5)}","data":1}`);
    const copy = response.clone();
    if (response.ok) acknowledged.push((await copy.json()).result.data.id);
    return response;
  };
  const faults: PathFault[] = ["pass", "swallow", "reset", "refuse", "delay", "pass"];
  const change = setInterval(() => {
    path.fault = faults[Math.floor(Math.random() * faults.length)] ?? "pass";
  }, 700);
  const start = performance.now();
  const writers = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`writer ${i}`, create]));
  const { ready: _, ...others } = kinds;
  const { slow, statuses } = await load({ ...others, ...writers }, () => performance.now() - start < DURATION);
  clearInterval(change);
  path.fault = "pass";
  expect(slow).toEqual([]);
  expect([...statuses].filter((status) => ![200, 201, 503].includes(status))).toEqual([]);
  await expect.poll(() => allWork(kinds), { timeout: RECOVERY, interval: 100 }).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(10);
  const stored = await fresh.db.execute("select id from artifact");
  const ids = new Set(stored.map(({ id }) => id));
  expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
  expect(await doctor(fresh.db)).toEqual([]);
}, 120_000);

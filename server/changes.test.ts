import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "#db/embedded/liveness";
import { concerns, isResync, openChangeStream } from "#test/change-stream";
import { databaseOfFile } from "#test/database";
import { createServerFolder, type ServerFolder, type ServerProcess } from "#test/server-process";

const fresh = await databaseOfFile();
let here: ServerFolder;
let first: ServerProcess;
let one = "";
let other = "";

beforeAll(async () => {
  here = await createServerFolder(process.env);
  const env = { DATABASE_URL: fresh.url, VITRINE_TRUSTED_PROXIES: "127.0.0.1" };
  // It is started again later, at the same port.
  first = here.start({ ...env, PORT: String(await freePort()) });
  [one, other] = await Promise.all([first.ready, here.start(env).ready]);
});
afterAll(() => here[Symbol.asyncDispose]());

async function post(url: string, procedure: string, input: object): Promise<Response> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/api/trpc/${procedure}`, {
    method: "POST",
    headers,
    body: JSON.stringify(input),
  });
  expect(response.status).toBe(200);
  return response;
}

async function call(url: string, procedure: string, input: object): Promise<{ id: string; removal: string }> {
  const response = await post(url, procedure, input);
  const { result } = (await response.json()) as { result: { data: { id: string; removal: string } } }; // the contract's
  return result.data;
}

const publish = (url: string, key: string) => call(url, "artifact.create", { key, data: 1 });

const listeners =
  "from pg_stat_activity where datname = current_database() and application_name like 'vitrine % listening'";

describe("between two processes on one database", () => {
  test("a change arrives within a second, with its keys and kinds, in the same process and in the other", async () => {
    await using near = await openChangeStream(one);
    await using far = await openChangeStream(other);
    expect([await near.next(isResync), await far.next(isResync)]).toEqual([{ type: "resync" }, { type: "resync" }]);
    const { id } = await publish(one, "new");
    for (const watcher of [near, far]) {
      expect(await watcher.next(concerns("new"), 1_000)).toEqual({
        type: "changed",
        kinds: ["artifact"],
        keys: ["new"],
      });
    }
    await call(one, "artifact.remove", { id });
    expect(await far.next(concerns("new"))).toMatchObject({ kinds: ["artifact", "trash"] });
    await call(one, "flow.create", { name: "new" });
    expect(await far.next(({ type }) => type === "changed")).toEqual({ type: "changed", kinds: ["flow"], keys: [] });
  });

  test("a stream for some keys has no messages about others", async () => {
    await using far = await openChangeStream(other, { keys: ["mine"] });
    await far.next(isResync);
    await publish(one, "yours");
    await call(one, "flow.create", { name: "yours" });
    await publish(one, "mine");
    await far.next(concerns("mine"));
    expect(far.messages.slice(1)).toEqual([{ type: "changed", kinds: ["artifact"], keys: ["mine"] }]);
  });

  test("a change without known keys is a resync", async () => {
    await publish(one, "deleted");
    await using far = await openChangeStream(other);
    await far.next(isResync);
    const { removal } = await call(one, "collection.remove", { key: "deleted" });
    await far.next(concerns("deleted"));
    await call(one, "trash.restoreRemoval", { removal });
    await far.next(isResync);
  });

  test("a thousand writes in a second are some twenty messages, and no key is missing", async () => {
    await using far = await openChangeStream(other);
    await far.next(isResync);
    const keys = Array.from({ length: 1_000 }, (_, i) => `many-${i}`);
    const start = performance.now();
    const remaining = [...keys];
    const batch = `${Array.from({ length: 20 }, () => "artifact.create").join()}?batch=1`;
    const writer = async () => {
      while (remaining.length > 0) await post(one, batch, { ...remaining.splice(0, 20).map((key) => ({ key })) });
    };
    await Promise.all([writer(), writer(), writer()]);
    const seconds = (performance.now() - start) / 1000;
    await publish(one, "many-last");
    await far.next(concerns("many-last"));
    expect(far.messages.length).toBeLessThan(25 * Math.max(1, seconds));
    const received = new Set(far.messages.flatMap((message) => (message.type === "changed" ? message.keys : [])));
    expect(keys.filter((key) => !received.has(key))).toEqual([]);
  });

  test("more keys than fit in a message are a resync", async () => {
    await using near = await openChangeStream(one);
    await using far = await openChangeStream(other);
    await Promise.all([near.next(isResync), far.next(isResync)]);
    const items = Array.from({ length: 100 }, (_, i) => ({ key: `${"long-".repeat(40)}${i}` }));
    await call(one, "artifact.createMany", { items });
    await Promise.all([near.next(isResync), far.next(isResync)]);
  });

  test("a killed LISTEN connection is a resync, and later changes arrive", async () => {
    await using near = await openChangeStream(one);
    await using far = await openChangeStream(other);
    await Promise.all([near.next(isResync), far.next(isResync)]);
    const killed = await fresh.db.execute<{ pid: number }>(`select pid, pg_terminate_backend(pid) ${listeners}`);
    expect(killed).toHaveLength(2);
    await Promise.all([near.next(isResync), far.next(isResync)]);
    // Each sends a probe once it listens.
    const isOther = `pid not in (${killed.map(({ pid }) => pid).join()})`;
    const probed = `select ${listeners} and ${isOther} and state = 'idle' and query like '%pg_notify%'`;
    await expect.poll(() => fresh.db.execute(probed)).toHaveLength(2);
    // Each also sends a resync to the other, which takes the place of a change that comes with it.
    const settled = async (origin: string, stream: typeof near) => {
      await publish(origin, "settled");
      return stream.messages.some(concerns("settled"));
    };
    await expect.poll(() => settled(one, far)).toBe(true);
    await expect.poll(() => settled(other, near)).toBe(true);
    await publish(one, "after-the-gap");
    await far.next(concerns("after-the-gap"));
    await publish(other, "after-the-gap-back");
    await near.next(concerns("after-the-gap-back"));
  });

  test("messages in an unknown format on the channel are a resync", async () => {
    await using far = await openChangeStream(other);
    await far.next(isResync);
    for (const text of ["", "null", "7", '{"type":"changed"}', '{"from":"x","value":{"type":"exploded"}}']) {
      await fresh.db.execute(`select pg_notify('vitrine', '${text}')`);
      await far.next(isResync);
    }
  });
});

test("behind a pooler a process listens through DATABASE_DIRECT_URL, and without it publishes to itself only", async () => {
  const pooled = { DATABASE_URL: fresh.url, VITRINE_PREPARE: "off" };
  const listening = async () => (await fresh.db.execute(`select ${listeners}`)).length;
  const before = await listening();
  // Those of the two processes without a pooler.
  expect(before).toBeGreaterThanOrEqual(2);
  const alone = here.start(pooled);
  await using near = await openChangeStream(await alone.ready);
  await near.next(isResync);
  await publish(await alone.ready, "alone");
  await near.next(concerns("alone"));
  expect(await listening()).toBe(before);
  await here.start({ ...pooled, DATABASE_DIRECT_URL: fresh.url }).ready;
  await expect.poll(listening).toBe(before + 1);
});

describe("many watchers", () => {
  /** The headers of one of ten clients of each of many addresses. */
  const from = (n: number) => ({ "x-forwarded-for": `203.0.113.${Math.floor(n / 10)}` });

  test("use no connection, are limited to a hundred, and free their slot when they leave", async () => {
    const watchers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => openChangeStream(other, undefined, from(n))),
    );
    expect((await fetch(`${other}/api/trpc/artifact.count`)).status).toBe(200);
    const rejected = await fetch(`${other}/api/trpc/changes.watch`, { headers: from(100) });
    expect([rejected.status, rejected.headers.get("content-type")]).toEqual([503, "application/json"]);
    expect(await rejected.text()).toContain("At most 100 clients can watch at a time");
    await watchers[0]?.[Symbol.asyncDispose]();
    await expect
      .poll(async () => {
        await using next = await openChangeStream(other, undefined, from(100));
        return next.response.status;
      })
      .toBe(200);
    await Promise.all(watchers.map((watcher) => watcher[Symbol.asyncDispose]()));
  });
});

test("one address has at most ten streams", async () => {
  const busy = { "x-forwarded-for": "203.0.113.99" };
  const watchers = await Promise.all(Array.from({ length: 10 }, () => openChangeStream(other, undefined, busy)));
  const rejected = await fetch(`${other}/api/trpc/changes.watch`, { headers: busy });
  expect([rejected.status, rejected.headers.get("retry-after")]).toEqual([503, "1"]);
  expect(await rejected.text()).toContain("At most 10 clients of one API key or address can watch at a time");
  await using quiet = await openChangeStream(other);
  expect(quiet.response.status).toBe(200);
  await Promise.all(watchers.map((watcher) => watcher[Symbol.asyncDispose]()));
});

test("a server that ends closes its streams at once, and its next start sends a resync to all", async () => {
  await using leaving = await openChangeStream(one);
  await using staying = await openChangeStream(other);
  await Promise.all([leaving.next(isResync), staying.next(isResync)]);
  const start = performance.now();
  first.child.kill("SIGTERM");
  // Not "return", so that an EventSource reconnects.
  expect(await leaving.ended).toBe("end of the body");
  expect(performance.now() - start).toBeLessThan(1_000);
  expect(await first.ended).toMatchObject({ code: 0, stderr: "" });
  expect(performance.now() - start).toBeLessThan(2_000);
  await publish(other, "while-it-was-down");
  const again = here.start({ DATABASE_URL: fresh.url, PORT: new URL(one).port });
  await using back = await openChangeStream(await again.ready);
  await back.next(isResync);
  await staying.next(isResync);
});

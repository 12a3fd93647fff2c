import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { concerns, isResync, openChangeStream } from "#test/change-stream";
import { type FreshDatabase, freshDatabase } from "#test/database";
import { createServerFolder, type ServerFolder, type ServerProcess } from "#test/server-process";

let fresh: FreshDatabase;
let here: ServerFolder;
let first: ServerProcess;
let one = "";
let other = "";

beforeAll(async () => {
  [fresh, here] = await Promise.all([freshDatabase(), createServerFolder(process.env)]);
  first = here.start({ DATABASE_URL: fresh.url });
  [one, other] = await Promise.all([first.ready, here.start({ DATABASE_URL: fresh.url }).ready]);
});
afterAll(async () => {
  await here[Symbol.asyncDispose]();
  await fresh[Symbol.asyncDispose]();
});

async function post(url: string, procedure: string, input: object): Promise<Response> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${url}/api/trpc/${procedure}`, { method: "POST", headers, body: JSON.stringify(input) });
  expect(answer.status).toBe(200);
  return answer;
}

async function call(url: string, procedure: string, input: object): Promise<{ id: string; removal: string }> {
  const answer = await post(url, procedure, input);
  const { result } = (await answer.json()) as { result: { data: { id: string; removal: string } } }; // the contract's
  return result.data;
}

const publish = (url: string, key: string) => call(url, "artifact.create", { key, data: 1 });

const listeners = "from pg_stat_activity where datname = current_database() and application_name = 'vitrine listening'";

describe("between two processes on one database", () => {
  test("a change is known within a second, with its keys and kinds, in the process that made it and in the other", async () => {
    await using near = await openChangeStream(one);
    await using far = await openChangeStream(other);
    expect([await near.next(isResync), await far.next(isResync)]).toEqual([{ type: "resync" }, { type: "resync" }]);
    const { id } = await publish(one, "made");
    for (const watcher of [near, far]) {
      expect(await watcher.next(concerns("made"), 1_000)).toEqual({
        type: "changed",
        kinds: ["artifact"],
        keys: ["made"],
      });
    }
    await call(one, "artifact.remove", { id });
    expect(await far.next(concerns("made"))).toMatchObject({ kinds: ["artifact", "trash"] });
    await call(one, "flow.create", { name: "made" });
    expect(await far.next(({ type }) => type === "changed")).toEqual({ type: "changed", kinds: ["flow"], keys: [] });
  });

  test("who watches some keys hears of no others", async () => {
    await using far = await openChangeStream(other, { keys: ["mine"] });
    await far.next(isResync);
    await publish(one, "yours");
    await call(one, "flow.create", { name: "yours" });
    await publish(one, "mine");
    await far.next(concerns("mine"));
    expect(far.messages.slice(1)).toEqual([{ type: "changed", kinds: ["artifact"], keys: ["mine"] }]);
  });

  test("what names no keys is a resync", async () => {
    await publish(one, "gone");
    await using far = await openChangeStream(other);
    await far.next(isResync);
    const { removal } = await call(one, "collection.remove", { key: "gone" });
    await far.next(concerns("gone"));
    await call(one, "trash.restoreRemoval", { removal });
    await far.next(isResync);
  });

  test("a thousand writes in a second are some twenty hints, and no key is missing", async () => {
    await using far = await openChangeStream(other);
    await far.next(isResync);
    const keys = Array.from({ length: 1_000 }, (_, i) => `many-${i}`);
    const begun = performance.now();
    const left = [...keys];
    const batch = `${Array.from({ length: 20 }, () => "artifact.create").join()}?batch=1`;
    const writer = async () => {
      while (left.length > 0) await post(one, batch, { ...left.splice(0, 20).map((key) => ({ key })) });
    };
    await Promise.all([writer(), writer(), writer()]);
    const seconds = (performance.now() - begun) / 1000;
    await publish(one, "many-last");
    await far.next(concerns("many-last"));
    expect(far.messages.length).toBeLessThan(25 * Math.max(1, seconds));
    const heard = new Set(far.messages.flatMap((word) => (word.type === "changed" ? word.keys : [])));
    expect(keys.filter((key) => !heard.has(key))).toEqual([]);
  });

  test("keys too many for a hint are a resync", async () => {
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
    const killed = await fresh.db.execute(`select pg_terminate_backend(pid) ${listeners}`);
    expect(killed).toHaveLength(2);
    await Promise.all([near.next(isResync), far.next(isResync)]);
    // Each says its first word after it listens.
    const speaking = `select ${listeners} and state = 'idle' and query like '%pg_notify%'`;
    await expect.poll(() => fresh.db.execute(speaking)).toHaveLength(2);
    await publish(one, "after-the-gap");
    await far.next(concerns("after-the-gap"));
    await publish(other, "after-the-gap-back");
    await near.next(concerns("after-the-gap-back"));
  });

  test("words of strangers on the channel are a resync and harm nothing", async () => {
    await using far = await openChangeStream(other);
    await far.next(isResync);
    for (const text of ["", "null", "7", '{"type":"changed"}', '{"from":"x","value":{"type":"exploded"}}']) {
      await fresh.db.execute(`select pg_notify('vitrine', '${text}')`);
      await far.next(isResync);
    }
  });
});

test("behind a pooler a process listens by the direct address, and without one tells itself alone", async () => {
  const pooled = { DATABASE_URL: fresh.url, VITRINE_PREPARE: "off" };
  const listening = async () => (await fresh.db.execute(`select ${listeners}`)).length;
  const before = await listening();
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
  test("hold no place of the pool, are a hundred at most, and make room when they leave", async () => {
    const watchers = await Promise.all(Array.from({ length: 100 }, () => openChangeStream(other)));
    expect((await fetch(`${other}/api/trpc/artifact.count`)).status).toBe(200);
    const refused = await fetch(`${other}/api/trpc/changes.watch`);
    expect([refused.status, refused.headers.get("content-type")]).toEqual([503, "application/json"]);
    expect(await refused.text()).toContain("At most 100 clients can watch at a time");
    await watchers[0]?.[Symbol.asyncDispose]();
    await expect
      .poll(async () => {
        await using next = await openChangeStream(other);
        return next.response.status;
      })
      .toBe(200);
    await Promise.all(watchers.map((watcher) => watcher[Symbol.asyncDispose]()));
  });
});

test("a server that ends breaks its streams at once, and its next start tells everybody to ask again", async () => {
  await using leaving = await openChangeStream(one);
  await using staying = await openChangeStream(other);
  await Promise.all([leaving.next(isResync), staying.next(isResync)]);
  const begun = performance.now();
  first.child.kill("SIGTERM");
  // Not "return": an EventSource comes again by itself.
  expect(await leaving.ended).toBe("end of the body");
  expect(performance.now() - begun).toBeLessThan(1_000);
  expect(await first.ended).toMatchObject({ code: 0, stderr: "" });
  expect(performance.now() - begun).toBeLessThan(2_000);
  await publish(other, "while-it-was-gone");
  const again = here.start({ DATABASE_URL: fresh.url, PORT: new URL(one).port });
  await using back = await openChangeStream(await again.ready);
  await back.next(isResync);
  await staying.next(isResync);
});

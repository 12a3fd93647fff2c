import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { z } from "zod";
import { type Caller, callerOn } from "#test/caller";
import type { TestServer } from "#test/http-server";
import { type SendRequest, startRestServer } from "#test/rest-server";

let server: TestServer;
let send: SendRequest;
let call: Caller;
beforeAll(async () => {
  ({ server, send } = await startRestServer({ maxData: 64 * 1024 * 1024 }));
  call = callerOn(server);
});
afterAll(() => server[Symbol.asyncDispose]());

const Rows = z.array(z.looseObject({ description: z.string(), data: z.unknown() }));
const include: "data"[] = ["data"];

/** The ways to read rows with their data, of the versions that all have the type `snapshot`. */
const READS: Record<string, () => Promise<unknown>> = {
  "artifact.list": () => call.artifact.list({ where: { artifacts: { type: { any: ["snapshot"] } } }, include }),
  "artifact.list without a filter": () => call.artifact.list({ sort: "UPDATED_DESC", limit: 20, include }),
  "artifact.page": async () => (await call.artifact.page({ limit: 20, include })).items,
  "collection.list": () => call.collection.list({ limit: 20, include }),
  "collection.page": async () => (await call.collection.page({ sort: "KEY_ASC", limit: 20, include })).items,
  "POST /artifacts/filter": async () => (await send("POST /artifacts/filter", { limit: 20 })).value,
  "POST /artifacts/latest/filter": async () => (await send("POST /artifacts/latest/filter", { limit: 20 })).value,
};

test("rows and data of a list are of one snapshot while versions change and are purged", async () => {
  const texts = Array.from({ length: 5 }, (_, i) => `key-${i}`);
  const ids = await Promise.all(
    texts.map(async (key) => (await call.artifact.create({ key, type: "snapshot", description: "0", data: 0 })).id),
  );
  let reading = true;
  let n = 0;
  const update = async (id: string) => {
    while (reading) {
      n += 1;
      await call.artifact.update({ id, description: String(n), data: n });
    }
  };
  const purge = async () => {
    while (reading) {
      const { id } = await call.artifact.create({ key: "purged", type: "snapshot", description: "7", data: 7 });
      await call.artifact.remove({ id });
      await call.trash.purge({ ids: [id] });
    }
  };
  const reads = 75 * inject("runs");
  const torn: string[] = [];
  let rows = 0;
  const read = async ([name, rowsOf]: [string, () => Promise<unknown>]) => {
    for (let i = 0; i < reads; i++) {
      for (const { description, data } of Rows.parse(await rowsOf())) {
        rows += 1;
        if (description !== JSON.stringify(data)) torn.push(`${name}: ${description} beside ${JSON.stringify(data)}`);
      }
    }
  };
  const writers = [...ids.slice(0, 2).map(update), purge()];
  await Promise.all(Object.entries(READS).map(read));
  reading = false;
  await Promise.all(writers);
  expect(torn).toEqual([]);
  expect(rows).toBeGreaterThan(5 * 7 * reads - 1);
  expect(n).toBeGreaterThan(reads / 10);
});

const BIG = "x".repeat(12 * 1024 * 1024);

test("a list above 32 MiB is streamed from one snapshot", async () => {
  const ids: string[] = [];
  for (const n of [1, 2, 3]) {
    const row = await call.artifact.create({ key: `big-${n}`, type: "big", description: "old", data: `old ${BIG}` });
    ids.push(row.id);
  }
  const where = { artifacts: { type: { any_: ["big"] } } };
  const init = { method: "POST", headers: { "content-type": "application/json" } };
  const sort = "CREATED_ASC";
  for (const path of ["/api/artifacts/filter", "/api/artifacts/latest/filter"]) {
    const response = await server.fetch(path, { ...init, body: JSON.stringify({ ...where, sort }) });
    const [, second = "", third = ""] = ids;
    await call.artifact.update({ id: second, description: "new", data: "new" });
    await call.artifact.remove({ id: third });
    await call.trash.purge({ ids: [third] });
    const rows = Rows.parse(await response.json());
    expect(rows.map(({ description }) => description)).toEqual(["old", "old", "old"]);
    expect(rows.map(({ data }) => String(data).slice(0, 4))).toEqual(["old ", "old ", "old "]);
    await call.artifact.update({ id: second, description: "old", data: `old ${BIG}` });
    const row = await call.artifact.create({ key: "big-3", type: "big", description: "old", data: `old ${BIG}` });
    ids[2] = row.id;
  }
});

test("a caller's second list above 32 MiB waits 2 s for the first, and nothing else waits", async () => {
  // Compressed, the first would fit into the buffers of the connection.
  const headers = { "accept-encoding": "identity" };
  const open = () => server.fetch("/api/artifacts/filter", { method: "POST", headers });
  const first = await open();
  expect(first.status).toBe(200);
  const second = await open();
  expect([second.status, second.headers.get("retry-after")]).toEqual([503, "1"]);
  await second.body?.cancel();
  expect((await send("POST /artifacts/filter", { limit: 1, sort: "UPDATED_DESC" })).status).toBe(200);
  await first.body?.cancel();
  const third = await open();
  expect(third.status).toBe(200);
  await third.body?.cancel();
});

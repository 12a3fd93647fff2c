import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { startHttpServer, type TestServer } from "#test/http-server";
import { connect, type Vitrine } from "./connect";

let server: TestServer;
let vitrine: Vitrine;
beforeAll(async () => {
  server = await startHttpServer();
  vitrine = connect({ url: server.origin });
});
afterAll(() => server[Symbol.asyncDispose]());

const Report = z.object({ total: z.number(), rows: z.array(z.object({ city: z.string() })).default([]) });

test("publishes values that match the schema and reads them as its output type", async () => {
  const daily = vitrine.key("daily", Report);
  expect(
    await vitrine
      .key("none", Report)
      .latest()
      .catch(({ code }) => code),
  ).toBe("NOT_FOUND");
  expect(await daily.publish({ total: 1 }, { description: "First" })).toMatchObject({ version: 1, type: "json" });
  await daily.publish({ total: 2, rows: [{ city: "Oslo" }] });
  const { data, version } = await daily.latest();
  expect([data.total * 10, data.rows[0]?.city, version]).toEqual([20, "Oslo", 2]);
  const totals: number[] = [];
  for await (const { data } of daily.versions()) totals.push(data.total + data.rows.length);
  expect(totals).toEqual([3, 1]);
});

test("reads the version that a label names", async () => {
  const key = vitrine.key("labelled", Report);
  for (const total of [1, 2, 3]) await key.publish({ total });
  await vitrine.collection.label.mutate({ key: "labelled", label: "production", version: 2 });
  expect((await key.latest({ label: "production" })).data.total).toBe(2);
  expect((await key.latest({ label: "latest" })).data.total).toBe(3);
  await expect(key.latest({ label: "staging" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  const { id } = await vitrine.read("labelled@production");
  const references = ["labelled", "labelled@latest", "labelled@1", id];
  expect(await Promise.all(references.map(async (each) => (await vitrine.read(each)).version))).toEqual([3, 3, 1, 2]);
  for (const [reference, code] of [
    ["labelled@staging", "NOT_FOUND"],
    ["labelled@9", "NOT_FOUND"],
    ["labelled@0", "BAD_REQUEST"],
    ["labelled@Production", "BAD_REQUEST"],
    ["", "BAD_REQUEST"],
  ]) {
    await expect(vitrine.read(String(reference))).rejects.toMatchObject({ code });
  }
  const labels = [{ key: "labelled", label: "production", version: 2 }];
  await expect(vitrine.artifact.remove.mutate({ id })).rejects.toMatchObject({ code: "CONFLICT", details: { labels } });
  expect(await vitrine.artifact.remove.mutate({ id, force: ["production"] })).toMatchObject({ version: 2 });
});

test("rejects a value that does not match before sending it, with its path", async () => {
  const daily = vitrine.key("mismatch", Report);
  await expect(daily.publish({ total: 1, rows: [{ city: 5 as never }] })).rejects.toMatchObject({
    code: "BAD_REQUEST",
    message: expect.stringContaining("data.rows[0].city: must be a string, not a number."),
    details: { field: "data.rows[0].city" },
  });
  // A Date is read back as text, which z.date() would reject.
  await expect(vitrine.key("mismatch", z.date()).publish(new Date(0))).rejects.toMatchObject({ code: "BAD_REQUEST" });
  expect(await vitrine.artifact.count.query({ where: { artifacts: { key: { any: ["mismatch"] } } } })).toBe(0);
});

test("rejects a stored version that no longer matches, or skips it with onMismatch", async () => {
  const before = vitrine.key("drifted", z.object({ total: z.string() }));
  const now = vitrine.key("drifted", Report);
  await now.publish({ total: 1 });
  await before.publish({ total: "two" });
  const mismatch = {
    code: "CONFLICT",
    message: "drifted@2 does not match its schema: data.total: must be a number, not a string.",
    details: { field: "data.total", key: "drifted", version: 2 },
  };
  await expect(now.latest()).rejects.toMatchObject(mismatch);
  await expect(now.versions().next()).rejects.toMatchObject(mismatch);
  const skipped: unknown[] = [];
  const read: number[] = [];
  for await (const { data } of now.versions({ onMismatch: (error) => skipped.push(error) })) read.push(data.total);
  expect(skipped).toMatchObject([mismatch]);
  expect(read).toEqual([1]);
});

test("versions published through the key of a run belong to the run", async () => {
  const row = await vitrine.run({ flow: "keys" }, async (run) => [
    run.id,
    (await run.key("of-run", z.number()).publish(1)).flowRunId,
  ]);
  expect(row[0]).toBe(row[1]);
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type OpenDoor, openDoor } from "#test/http-server";
import { connect, type Vitrine } from "./connect";

let door: OpenDoor;
let vitrine: Vitrine;
beforeAll(async () => {
  door = await openDoor();
  vitrine = connect({ url: door.origin });
});
afterAll(() => door[Symbol.asyncDispose]());

const Report = z.object({ total: z.number(), rows: z.array(z.object({ city: z.string() })).default([]) });

test("a typed key publishes what fits, and comes back as its schema says", async () => {
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

test("what does not fit is not sent, and says where", async () => {
  const daily = vitrine.key("unfit", Report);
  await expect(daily.publish({ total: 1, rows: [{ city: 5 as never }] })).rejects.toMatchObject({
    code: "BAD_REQUEST",
    message: expect.stringContaining("data.rows[0].city: Invalid input: expected string, received number"),
    details: { field: "data.rows[0].city" },
  });
  // Dates come back as text: a schema that asks for a Date would never fit again.
  await expect(vitrine.key("unfit", z.date()).publish(new Date(0))).rejects.toMatchObject({ code: "BAD_REQUEST" });
  expect(await vitrine.artifact.count.query({ where: { artifacts: { key: { any: ["unfit"] } } } })).toBe(0);
});

test("a stored version that no longer fits says which, where and why, and can be passed over", async () => {
  const before = vitrine.key("drifted", z.object({ total: z.string() }));
  const now = vitrine.key("drifted", Report);
  await now.publish({ total: 1 });
  await before.publish({ total: "two" });
  const misfit = {
    code: "CONFLICT",
    message: "drifted@2 does not fit its schema: data.total: Invalid input: expected number, received string.",
    details: { field: "data.total", key: "drifted", version: 2 },
  };
  await expect(now.latest()).rejects.toMatchObject(misfit);
  await expect(now.versions().next()).rejects.toMatchObject(misfit);
  const passed: unknown[] = [];
  const read: number[] = [];
  for await (const { data } of now.versions({ misfit: (error) => passed.push(error) })) read.push(data.total);
  expect(passed).toMatchObject([misfit]);
  expect(read).toEqual([1]);
});

test("a typed key in a run belongs to it", async () => {
  const row = await vitrine.run({ flow: "keys" }, async (run) => [
    run.id,
    (await run.key("of-run", z.number()).publish(1)).flowRunId,
  ]);
  expect(row[0]).toBe(row[1]);
});

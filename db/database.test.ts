import { afterEach, expect, test } from "vitest";
import { freshDatabase } from "#test/database";
import { markClosed, openOnce, pools } from "./database";

afterEach(markClosed);

test("opens once, however many ask at the same time, and has no pools before", async () => {
  await using fresh = await freshDatabase();
  let opened = 0;
  const open = async () => {
    opened += 1;
    return { pools: fresh.pools, address: fresh.address, migrations: [], close: async () => {} };
  };
  const both = [openOnce(open), openOnce(open)];
  expect(() => pools()).toThrow(/not open/);
  const [one, other] = await Promise.all(both);
  expect([opened, one === other, pools() === fresh.pools]).toEqual([1, true, true]);
  await openOnce(open);
  expect(opened).toBe(1);
  markClosed();
  expect(() => pools()).toThrow(/not open/);
  await openOnce(open);
  expect(opened).toBe(2);
});

test("opens again after an error", async () => {
  await using fresh = await freshDatabase();
  await expect(openOnce(() => Promise.reject(new Error("first")))).rejects.toThrow("first");
  expect(() => pools()).toThrow(/not open/);
  await openOnce(async () => ({ pools: fresh.pools, address: "", migrations: [], close: async () => {} }));
  expect(pools()).toBe(fresh.pools);
});

import { expect, inject, test } from "vitest";
import { freshDatabase } from "#test/database";
import type { PathFault } from "#test/path/path-proxy";
import { allWork, load, RECOVERY, serverBehindPath } from "#test/path/server-behind-path";
import { doctor } from "./models/admin";

/** The long run lasts a minute. */
const DURATION = inject("runs") > 1 ? 60_000 : 5_000;

test("faults in random order under load lose no acknowledged write, and delay no request beyond 5 s", async () => {
  await using fresh = await freshDatabase();
  await using behind = await serverBehindPath(fresh);
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
  expect(acknowledged.length).toBeGreaterThan(0);
  const stored = await fresh.db.execute("select id from artifact");
  const ids = new Set(stored.map(({ id }) => id));
  expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
  expect(await doctor(fresh.db)).toEqual([]);
}, 120_000);

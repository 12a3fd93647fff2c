import { test } from "vitest";
import { databaseOfFile } from "#test/database";
import type { PathProxy } from "#test/path/path-proxy";
import { allWork, load, RECOVERY, serverBehindPath } from "#test/path/server-behind-path";

const fresh = await databaseOfFile();

// At the same time: each waits for 5 s.
test.concurrent.for<[string, (path: PathProxy) => void]>([
  ["the connections that exist", (path) => path.swallowExisting()],
  [
    "everything",
    (path) => {
      path.fault = "swallow";
    },
  ],
])(
  "a path that swallows %s for 5 s delays no request beyond 5 s, and all work within 10 s of its healing",
  async ([_, fail], { expect }) => {
    await using behind = await serverBehindPath(fresh);
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

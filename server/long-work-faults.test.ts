import { expect, inject, test } from "vitest";
import { freshDatabase } from "#test/database";
import { type LongWork, longWorkBehindPaths } from "#test/path/long-work";
import type { PathProxy } from "#test/path/path-proxy";
import { RECOVERY } from "#test/path/server-behind-path";

/** How long it may take to fail once its connection delivered its last byte, in milliseconds. */
const LONGEST = 10_000;

const FAULTS: [string, (path: PathProxy) => void][] = [
  [
    "falls silent",
    (path) => {
      path.fault = "swallow";
    },
  ],
  ["falls silent on the connections that exist", (path) => path.swallowExisting()],
  [
    "is reset",
    (path) => {
      path.fault = "reset";
    },
  ],
];

/** After how many pieces of a response the path fails. */
const PIECES = [1, 2, 3, 4, 5];

const CASES = FAULTS.flatMap(([name, fail]) => PIECES.map((pieces) => [name, pieces, fail] as const));

/** Starts work; `isRunning` resolves once so many pieces of its response came. */
function start(run: LongWork, pieces: number) {
  let received = 0;
  let begin = () => {};
  const isRunning = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const status = run(() => {
    received += 1;
    if (received === pieces) begin();
  });
  return { status, isRunning };
}

/** One of them, and all in the long run. */
test.each(inject("runs") > 1 ? CASES : CASES.slice(0, 1))(
  "where the path %s (after %i), long work fails within 10 s, and then works",
  {
    timeout: 90_000,
  },
  async (_, pieces, fail) => {
    await using full = await freshDatabase();
    await using empty = await freshDatabase();
    await using behind = await longWorkBehindPaths(full, empty);
    const { streams, calls, paths } = behind;
    const started = streams.map((run) => start(run, pieces));
    await Promise.all(started.map(({ isRunning }) => isRunning));
    for (const path of paths) fail(path);
    const failedAt = performance.now();
    const timed = async (work: Promise<number | "cut">) => [await work, performance.now() - failedAt] as const;
    const [cut, failed] = await Promise.all([
      Promise.all(started.map(({ status }) => timed(status))),
      Promise.all(calls.map((run) => timed(run()))),
    ]);
    expect(cut.map(([status]) => status)).toEqual(["cut", "cut"]);
    // Where only the connections that existed are silent, some find others.
    for (const [status] of failed) expect([200, 503]).toContain(status);
    for (const [, time] of [...cut, ...failed]) expect(time).toBeLessThan(LONGEST);
    for (const path of paths) path.fault = "pass";
    const statuses = () => Promise.all(calls.map((run) => run()));
    await expect.poll(statuses, { timeout: RECOVERY, interval: 100 }).toEqual(calls.map(() => 200));
    expect(await Promise.all(streams.map((run) => run(() => {})))).toEqual([200, 200]);
  },
);

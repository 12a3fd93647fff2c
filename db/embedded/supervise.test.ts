import { expect, test } from "vitest";
import { StartupError } from "#db/startup-error";
import type { Postmaster } from "./postmaster";
import { supervise } from "./supervise";

/** A postmaster whose end a test decides; it ends before it is ready where `error` is given. */
function postmaster(pid: number, error?: string) {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const ready = error === undefined ? Promise.resolve() : Promise.reject(new StartupError(error));
  ready.catch(() => {});
  if (error !== undefined) end();
  const started: Postmaster = {
    pid,
    ready,
    ended,
    end,
    async stop() {
      end();
    },
  };
  return started;
}

/** Supervises these, one after the other, and records what happens; -1: an orphan is stopped. */
function supervised(...all: Postmaster[]) {
  const rest = [...all];
  const events: (string | number)[] = [];
  const launch = () => rest.shift() ?? postmaster(0, "no more");
  const running = supervise(
    launch,
    async (pid) => {
      events.push(pid);
    },
    (line) => events.push(line),
    async () => void events.push(-1),
  );
  return { running, events, left: rest };
}

const exitListeners = () => process.listenerCount("exit");

test("restarts a PostgreSQL that ends, also after attempts that fail", async () => {
  const before = exitListeners();
  const first = postmaster(1);
  const { running, events, left } = supervised(first, postmaster(2, "still busy"), postmaster(3), postmaster(4));
  const { stop } = await running;
  first.end();
  await expect.poll(() => events).toContain("PostgreSQL is running again.");
  await stop();
  expect(events).toEqual([
    1,
    "PostgreSQL ended unexpectedly; restarting it …",
    "StartupError: still busy",
    3,
    "PostgreSQL is running again.",
  ]);
  expect(left).toHaveLength(1);
  expect(exitListeners()).toBe(before);
});

test("rejects where the first does not start", async () => {
  const before = exitListeners();
  const { running, events, left } = supervised(postmaster(1, "wrong configuration"), postmaster(2));
  await expect(running).rejects.toThrow(new StartupError("wrong configuration"));
  expect([events, left.length, exitListeners()]).toEqual([[], 1, before]);
});

test("waits for the shared memory of a killed PostgreSQL to be freed", async () => {
  const busy = "pre-existing shared memory block (key 1, ID 2) is still in use";
  const { running, events } = supervised(postmaster(1, busy), postmaster(2, busy), postmaster(3));
  await (await running).stop();
  expect(events).toEqual([-1, -1, 3]);
});

test("stops a PostgreSQL of a killed server that appears only now", async () => {
  const { running, events } = supervised(postmaster(1, 'lock file "postmaster.pid" already exists'), postmaster(2));
  await (await running).stop();
  expect(events).toEqual([-1, 2]);
});

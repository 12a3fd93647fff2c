import { expect, test } from "vitest";
import { startProgress } from "./progress";

/** A progress artifact whose calls are recorded and fail while `failing` is true. */
function recorded({ creates = true } = {}) {
  const log: string[] = [];
  const state = { failing: false };
  const call = (line: string) => {
    log.push(line);
    if (log.length > 20) throw new Error("endless");
    if (state.failing) throw new Error("offline");
  };
  const progress = startProgress({
    async create() {
      call("create");
      return creates ? { id: "1" } : null;
    },
    update: async (id, value) => call(`update ${id} ${value}`),
    reject: ({ message }) => log.push(`reject ${message}`),
    report: (error) => log.push(`report ${String(error)}`),
  });
  return { progress, log, state };
}

test("creates the artifact at once, then sends the first and the last of many values", async () => {
  const { progress, log } = recorded();
  expect(log).toEqual(["create"]);
  for (let value = 1; value <= 50; value++) progress.set(value);
  await progress.flush();
  expect(log).toEqual(["create", "update 1 50"]);
  await progress.flush();
  progress.set(50);
  await progress.finish();
  expect(log).toEqual(["create", "update 1 50", "update 1 100"]);
});

test("sends every value that is flushed", async () => {
  const { progress, log } = recorded();
  for (const value of [1, 2, 3]) {
    progress.set(value);
    await progress.flush();
  }
  expect(log).toEqual(["create", "update 1 1", "update 1 2", "update 1 3"]);
});

test("tries again to create the artifact only for a new value, after that failed and was reported", async () => {
  const { progress, log } = recorded({ creates: false });
  await progress.flush();
  expect(log).toEqual(["create"]);
  progress.set(10);
  await progress.flush();
  await progress.flush();
  expect(log).toEqual(["create", "create"]);
});

test("rejects a pending flush with an error, and reports it when none is pending", async () => {
  const { progress, log, state } = recorded();
  await progress.flush();
  state.failing = true;
  progress.set(10);
  await expect(progress.flush()).rejects.toThrow("offline");
  expect(log.filter((line) => line.startsWith("report"))).toEqual([]);
  progress.set(20);
  await expect.poll(() => log.at(-1)).toBe("report Error: offline");
  state.failing = false;
  await progress.finish();
  expect(log.at(-1)).toBe("update 1 100");
});

test.each([-1, 100.1, Number.NaN])("rejects the value %d", async (value) => {
  const { progress, log } = recorded();
  progress.set(value);
  await progress.flush();
  expect(log).toEqual(["create", `reject Progress must be from 0 to 100, not ${value}.`]);
});

test("await using flushes at the end of the block", async () => {
  const { progress, log } = recorded();
  {
    await using bar = progress;
    bar.set(40);
  }
  expect(log).toEqual(["create", "update 1 40"]);
});

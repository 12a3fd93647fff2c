import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { TaskRunReport } from "#contract/task-run";
import { RecordQueue } from "./record-queue";

function report(): TaskRunReport {
  const occurred = "2026-11-23T03:45:00Z";
  const run = { id: randomUUID(), flowRunId: null, taskKey: "load", dynamicKey: "0", name: "load-0", tags: [] };
  return { ...run, occurred, state: { type: "RUNNING" } };
}

/** A queue whose batches wait until they are released, and what it said to its connection. */
function waitingQueue() {
  const said: string[] = [];
  const batches: TaskRunReport[][] = [];
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const queue = new RecordQueue({
    async record(batch) {
      batches.push(batch);
      await released;
    },
    onFull: () => said.push("full"),
    onRoom: () => said.push("room"),
    onFailed: () => said.push("failed"),
  });
  return { queue, said, batches, release };
}

test("a queue is full at 1,000 reports, and has room again once", async () => {
  const { queue, said, release } = waitingQueue();
  for (let n = 0; n < 999; n++) queue.push(report());
  expect(said).toEqual([]);
  queue.push(report());
  expect(said).toEqual(["full"]);
  release();
  await queue.idle();
  expect(said).toEqual(["full", "room"]);
});

test("a queue that was never full says nothing, and records in order by 200", async () => {
  const { queue, said, batches, release } = waitingQueue();
  const reports = Array.from({ length: 450 }, report);
  for (const each of reports) queue.push(each);
  release();
  await queue.idle();
  expect(batches.map(({ length }) => length)).toEqual([200, 200, 50]);
  expect(batches.flat()).toEqual(reports);
  expect(said).toEqual([]);
});

import { expect, it } from "vitest";
import { createScheduler } from "./scheduler";

function* counting(to: number, seen: number[]): Generator<void, string> {
  for (let at = 1; at <= to; at += 1) {
    seen.push(at);
    yield;
  }
  return "done";
}

// biome-ignore lint/correctness/useYield: it fails in its first step
function* failing(): Generator<void, string> {
  throw new Error("failed");
}

it("stops a computation once a later one began", async () => {
  const { runLatest } = createScheduler();
  const seen: number[][] = [[], [], []];
  const results = await Promise.all(seen.map((steps) => runLatest(counting(5, steps))));
  expect(results).toEqual([null, null, "done"]);
  expect(seen).toEqual([[1], [1], [1, 2, 3, 4, 5]]);
  expect(await runLatest(counting(2, []))).toBe("done");
});

it("lets others wait until the latest ended, also by an error", async () => {
  const { runLatest, runBehind } = createScheduler();
  const order: number[] = [];
  const behind = runBehind(counting(3, order));
  const latest = runLatest(counting(100, order));
  await Promise.all([behind, latest]);
  expect(order.indexOf(100)).toBeLessThan(order.lastIndexOf(2));
  await expect(runLatest(failing())).rejects.toThrow("failed");
  expect(await runBehind(counting(1, []))).toBe("done");
});

import { expect, it } from "vitest";
import { createLatestOnly } from "./latest-only";

function* counting(to: number, seen: number[]): Generator<void, string> {
  for (let at = 1; at <= to; at += 1) {
    seen.push(at);
    yield;
  }
  return "done";
}

it("stops a computation once a later one began", async () => {
  const run = createLatestOnly();
  const seen: number[][] = [[], [], []];
  const results = await Promise.all(seen.map((steps) => run(counting(5, steps))));
  expect(results).toEqual([null, null, "done"]);
  expect(seen).toEqual([[1], [1], [1, 2, 3, 4, 5]]);
  expect(await run(counting(2, []))).toBe("done");
});

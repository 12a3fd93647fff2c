import { expect, it } from "vitest";
import { median, quantile, timeRounds } from "./measure";

it("takes quantiles of unordered values", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(quantile([4, 1, 3, 2], 0.99)).toBe(4);
  expect(quantile([5], 0)).toBe(5);
  expect(median([])).toBeNaN();
});

it("interleaves cases and leaves out two warm-up rounds", async () => {
  const calls: string[] = [];
  const newCase = (name: string) => ({ name, run: async () => calls.push(name) });
  const times = await timeRounds([newCase("a"), newCase("b")], 3);
  expect(calls).toEqual(["a", "b", "a", "b", "a", "b", "a", "b", "a", "b"]);
  expect([times.get("a")?.length, times.get("b")?.length]).toEqual([3, 3]);
});

it("goes on after a case that fails", async () => {
  const failing = { name: "failing", run: () => Promise.reject(new Error("no")) };
  expect((await timeRounds([failing], 1)).get("failing")).toHaveLength(1);
});

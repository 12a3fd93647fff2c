import { expect, it } from "vitest";
import type { ColumnStatistics } from "./column-statistics";
import { createStatisticsStore } from "./statistics-store";

const statistics = (rows: number): ColumnStatistics => ({
  rows,
  nulls: 0,
  distinct: 0,
  measures: null,
  bars: [],
  values: [],
});

it("computes one column at a time, and none that is out of view before its turn", async () => {
  const started: number[] = [];
  const finish: ((failed?: boolean) => void)[] = [];
  const store = createStatisticsStore((column) => {
    started.push(column);
    return new Promise((resolve, reject) => {
      finish.push((failed) => (failed ? reject(new Error("failed")) : resolve(statistics(column))));
    });
  });
  const changed = (column: number) =>
    new Promise<() => void>((resolve) => {
      const leave: () => void = store.request(column, () => resolve(leave));
    });
  const first = changed(0);
  const leave = store.request(1, () => {});
  const third = changed(2);
  expect(started).toEqual([0]);
  leave();
  finish[0]?.();
  await first;
  expect(store.get(0)).toEqual(statistics(0));
  expect(started).toEqual([0, 2]);
  finish[1]?.(true);
  await third;
  expect(store.get(2)).toBe("failed");
  const again = changed(1);
  finish[2]?.();
  await again;
  store.request(0, () => {});
  expect(started).toEqual([0, 2, 1]);
});

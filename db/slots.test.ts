import { expect, test } from "vitest";
import { longSize, POOL_SIZE } from "./postgres";
import { limitSlots, withSlot } from "./slots";

const KINDS = ["reads", "searches", "writes", "long", "streams"] as const;

/** How many of 200 pieces of work ran before any of them ended. */
async function countAtOnce(kind: Parameters<typeof withSlot>[0]): Promise<number> {
  let running = 0;
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const work = () => {
    running += 1;
    return ended;
  };
  const all = Promise.allSettled(Array.from({ length: 200 }, () => withSlot(kind, "caller", work)));
  await Promise.resolve();
  const count = running;
  end();
  await all;
  return count;
}

test("each pool has slots of its own", async () => {
  const counts = await Promise.all(KINDS.map(countAtOnce));
  expect(counts).toEqual([100, POOL_SIZE, POOL_SIZE, longSize(POOL_SIZE), 2]);
});

test("all but reads have as many as VITRINE_POOL permits", async () => {
  limitSlots(2);
  const counts = await Promise.all(KINDS.map(countAtOnce));
  limitSlots(POOL_SIZE);
  expect(counts).toEqual([100, 2, 2, 1, 1]);
});

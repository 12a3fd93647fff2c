import { expect, test, vi } from "vitest";
import { POOL_SIZE } from "./postgres";
import { limitSlots, type SlotKind, withSlot } from "./slots";

/** Work that keeps its slot until it is released. */
function occupy(kind?: SlotKind) {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { done: withSlot(() => released, kind), release };
}

async function releaseAll(occupied: ReturnType<typeof occupy>[]): Promise<void> {
  for (const { release } of occupied) release();
  await Promise.all(occupied.map(({ done }) => done));
}

test("runs as much work as the pool has connections, and the next once the first ends", async () => {
  const occupied = Array.from({ length: POOL_SIZE }, () => occupy());
  let started = false;
  const late = withSlot(async () => {
    started = true;
  });
  await Promise.resolve();
  expect(started).toBe(false);
  occupied[0]?.release();
  await late;
  expect(started).toBe(true);
  await releaseAll(occupied);
});

test("runs as much work as it may", async () => {
  limitSlots(2);
  const occupied = [occupy(), occupy()];
  let started = false;
  const late = withSlot(async () => {
    started = true;
  });
  await Promise.resolve();
  expect(started).toBe(false);
  limitSlots(POOL_SIZE);
  await releaseAll(occupied);
  await late;
});

test("runs waiting work in the order of its calls", async () => {
  const occupied = Array.from({ length: POOL_SIZE }, () => occupy());
  const order: number[] = [];
  const late = [1, 2, 3].map((n) => withSlot(async () => order.push(n)));
  occupied[0]?.release();
  await Promise.all(late);
  expect(order).toEqual([1, 2, 3]);
  await releaseAll(occupied);
});

test("short work does not wait for long work", async () => {
  const occupied = Array.from({ length: POOL_SIZE }, () => occupy());
  expect(await withSlot(async () => "done", "quick")).toBe("done");
  await releaseAll(occupied);
});

test("rejects work after 2 s without a free slot, and then takes none", async () => {
  vi.useFakeTimers();
  const occupied = Array.from({ length: POOL_SIZE }, () => occupy());
  const late = expect(withSlot(async () => {})).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  await vi.advanceTimersByTimeAsync(2_000);
  await late;
  vi.useRealTimers();
  await releaseAll(occupied);
  expect(await withSlot(async () => "free again")).toBe("free again");
});

test("work that throws frees its slot", async () => {
  const failing = Array.from({ length: POOL_SIZE * 2 }, () => withSlot(() => Promise.reject(new Error("no"))));
  await Promise.allSettled(failing);
  expect(await withSlot(async () => 1)).toBe(1);
});

import { expect, test, vi } from "vitest";
import { POOL_SIZE } from "./postgres";
import { withSlot } from "./slots";

function held() {
  let release = () => {};
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { done: withSlot(() => until), release };
}

test("as many as the pool has work at once, the next one waits for the first to end", async () => {
  const holders = Array.from({ length: POOL_SIZE }, held);
  let begun = false;
  const late = withSlot(async () => {
    begun = true;
  });
  await Promise.resolve();
  expect(begun).toBe(false);
  holders[0]?.release();
  await late;
  expect(begun).toBe(true);
  for (const holder of holders) holder.release();
  await Promise.all(holders.map((holder) => holder.done));
});

test("one that finds no place within 2 s is refused, and takes none later", async () => {
  vi.useFakeTimers();
  const holders = Array.from({ length: POOL_SIZE }, held);
  const late = expect(withSlot(async () => {})).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  await vi.advanceTimersByTimeAsync(2_000);
  await late;
  vi.useRealTimers();
  for (const holder of holders) holder.release();
  await Promise.all(holders.map((holder) => holder.done));
  expect(await withSlot(async () => "free again")).toBe("free again");
});

test("work that throws gives its place back", async () => {
  const failures = Array.from({ length: POOL_SIZE * 2 }, () => withSlot(() => Promise.reject(new Error("no"))));
  await Promise.allSettled(failures);
  expect(await withSlot(async () => 1)).toBe(1);
});

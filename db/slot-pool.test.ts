import { afterEach, describe, expect, it, vi } from "vitest";
import { type FindLocks, SlotPool } from "./slot-pool";

const SIZE = 10;

/** Work that keeps its slot until it is released. */
function occupy(pool: SlotPool, { caller = "one", locks }: { caller?: string; locks?: FindLocks } = {}) {
  const job = { isRunning: false, release: () => {}, done: Promise.resolve() };
  const released = new Promise<void>((resolve) => {
    job.release = resolve;
  });
  const run = () => {
    job.isRunning = true;
    return released;
  };
  job.done = pool.run(caller, run, locks);
  job.done.catch(() => {});
  return job;
}

type Jobs = ReturnType<typeof occupy>[];
const many = (count: number, make: () => ReturnType<typeof occupy>): Jobs => Array.from({ length: count }, make);
const running = (jobs: Jobs) => jobs.filter(({ isRunning }) => isRunning).length;
const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

async function releaseAll(...groups: Jobs[]): Promise<void> {
  for (const { release } of groups.flat()) release();
  await Promise.allSettled(groups.flat().map(({ done }) => done));
}

const lock = (name: string) => () => new Set([name]);

afterEach(() => {
  vi.useRealTimers();
});

describe("slots", () => {
  it("are had by others while their work needs none, and are waited for again", async () => {
    const pool = new SlotPool(1);
    let proceed = () => {};
    const part = new Promise<void>((resolve) => {
      proceed = resolve;
    });
    let isDone = false;
    const work = pool.run("one", async (outside) => {
      await outside(() => part);
      isDone = true;
      return pool.taken;
    });
    const other = occupy(pool, { caller: "two" });
    expect([other.isRunning, pool.taken]).toEqual([true, 1]);
    proceed();
    await settle();
    expect([isDone, pool.waiting]).toEqual([false, 1]);
    await releaseAll([other]);
    expect([await work, pool.taken]).toEqual([1, 0]);
    await expect(pool.run("one", (outside) => outside(() => Promise.reject(new Error("no"))))).rejects.toThrow("no");
    expect(pool.taken).toBe(0);
  });

  it("run as much work as there are, and the next once the first ends", async () => {
    const pool = new SlotPool(SIZE);
    const jobs = many(SIZE + 2, () => occupy(pool));
    expect(running(jobs)).toBe(SIZE);
    jobs[0]?.release();
    await settle();
    expect(running(jobs)).toBe(SIZE + 1);
    await releaseAll(jobs);
  });

  it("are free again after work that fails", async () => {
    const pool = new SlotPool(SIZE);
    const failing = Array.from({ length: SIZE * 2 }, () => pool.run("one", () => Promise.reject(new Error("no"))));
    await Promise.allSettled(failing);
    expect(await pool.run("one", async () => 1)).toBe(1);
  });

  it("run waiting work of a caller in the order of its calls", async () => {
    const pool = new SlotPool(1);
    const holder = occupy(pool);
    const order: number[] = [];
    const late = [1, 2, 3].map((n) => pool.run("one", async () => order.push(n)));
    holder.release();
    await Promise.all(late);
    expect(order).toEqual([1, 2, 3]);
  });
});

describe("callers", () => {
  it("get slots in turn: one with 200 waiting delays others by one slot each", async () => {
    const pool = new SlotPool(1);
    const holder = occupy(pool, { caller: "first" });
    const order: string[] = [];
    const run = (caller: string) => pool.run(caller, async () => order.push(caller));
    const late = [...Array.from({ length: 200 }, () => run("busy")), run("quiet"), run("other"), run("quiet")];
    holder.release();
    await Promise.all(late);
    expect(order.slice(0, 5)).toEqual(["busy", "quiet", "other", "busy", "quiet"]);
    expect(order).toHaveLength(203);
  });
});

describe("locks", () => {
  it("give work on one lock half of the slots, and the rest to other work of the same caller", async () => {
    const pool = new SlotPool(SIZE);
    const busy = many(30, () => occupy(pool, { locks: lock("busy") }));
    const other = many(SIZE, () => occupy(pool, { locks: lock(`${Math.random()}`) }));
    await settle();
    expect([running(busy), running(other)]).toEqual([5, 5]);
    for (const job of busy.slice(0, 2)) job.release();
    await settle();
    // The slots of the two went to those of the lock that waited first.
    expect([running(busy), running(other)]).toEqual([7, 5]);
    await releaseAll(busy, other);
    expect(await pool.run("one", async () => 1, lock("busy"))).toBe(1);
  });

  it("count the work that began before they were needed", async () => {
    const pool = new SlotPool(SIZE);
    const first = many(4, () => occupy(pool, { locks: async () => new Set(["busy"]) }));
    const more = many(4, () => occupy(pool, { locks: lock("busy") }));
    await settle();
    expect(running([...first, ...more])).toBe(5);
    await releaseAll(first, more);
  });

  it("are looked up only while half of the slots are taken", async () => {
    const pool = new SlotPool(SIZE);
    let calls = 0;
    const locks = () => {
      calls += 1;
      return new Set(["any"]);
    };
    const jobs = many(5, () => occupy(pool, { locks }));
    expect(calls).toBe(0);
    jobs.push(occupy(pool, { locks }));
    expect(calls).toBe(6);
    await releaseAll(jobs);
  });

  it("of which one cannot be found do not keep work from running", async () => {
    const pool = new SlotPool(SIZE);
    const jobs = many(SIZE, () => occupy(pool, { locks: () => Promise.reject(new Error("no database")) }));
    await settle();
    expect(running(jobs)).toBe(SIZE);
    await releaseAll(jobs);
  });

  it("that are found after their work ended are not counted", async () => {
    const pool = new SlotPool(2);
    const found: (() => void)[] = [];
    const slow = () => new Promise<Set<string>>((resolve) => found.push(() => resolve(new Set(["slow"]))));
    const first = occupy(pool, { locks: slow });
    const second = occupy(pool, { locks: slow });
    first.release();
    await first.done;
    for (const find of found) find();
    await settle();
    expect(second.isRunning).toBe(true);
    await releaseAll([second]);
    const third = many(2, () => occupy(pool, { locks: lock("slow") }));
    expect(running(third)).toBe(1);
    await releaseAll(third);
  });

  it("of a single slot are not limited", async () => {
    const pool = new SlotPool(1);
    expect(await pool.run("one", async () => 1, lock("key"))).toBe(1);
  });
});

describe("a wait", () => {
  const busy = { code: "SERVICE_UNAVAILABLE" };

  it("ends after 2 s without a free slot, and then takes none", async () => {
    vi.useFakeTimers();
    const pool = new SlotPool(SIZE);
    const jobs = many(SIZE, () => occupy(pool));
    const late = expect(pool.run("one", async () => {})).rejects.toMatchObject(busy);
    await vi.advanceTimersByTimeAsync(2_000);
    await late;
    await releaseAll(jobs);
    expect(await pool.run("one", async () => "free")).toBe("free");
  });

  it("and work that runs are rejected at their deadline; the work goes on with its slot", async () => {
    vi.useFakeTimers();
    const pool = new SlotPool(1);
    const limit = { deadline: performance.now() + 1_000, lateError: () => new Error("late") };
    let end = () => {};
    const work = () =>
      new Promise<void>((resolve) => {
        end = resolve;
      });
    const late = [pool.run("one", work, undefined, limit), pool.run("one", async () => {}, undefined, limit)];
    const outcome = Promise.all(
      late.map((each) => each.catch(({ message }: Error) => `${message} ${performance.now()}`)),
    );
    const [from] = [performance.now()];
    await vi.advanceTimersByTimeAsync(1_100);
    expect(await outcome).toEqual(Array(2).fill(`late ${from + 1_000}`));
    expect([pool.taken, pool.waiting]).toEqual([1, 1]);
    end();
    await settle();
    expect([pool.taken, pool.waiting, vi.getTimerCount()]).toEqual([0, 0, 1]);
    await vi.advanceTimersByTimeAsync(100);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is refused at once where the slots are given too slowly, but not to a caller with less work", async () => {
    vi.useFakeTimers();
    const pool = new SlotPool(1);
    const first = occupy(pool);
    const early = many(20, () => occupy(pool));
    // A slot every 100 ms: 20 can be served within 2 s.
    for (const job of [first, ...early.slice(0, 10)]) {
      await vi.advanceTimersByTimeAsync(100);
      job.release();
      await settle();
    }
    const queued = many(20, () => occupy(pool));
    const [last] = await Promise.allSettled([queued.at(-1)?.done]);
    expect(last).toMatchObject({ status: "rejected", reason: busy });
    const other = occupy(pool, { caller: "other" });
    for (const job of early.slice(10, 12)) job.release();
    await settle();
    expect(other.isRunning).toBe(true);
    await releaseAll([other], early, queued);
  });

  it("for a lock is refused at once where those before it take too long", async () => {
    vi.useFakeTimers();
    const pool = new SlotPool(SIZE);
    const jobs = many(15, () => occupy(pool, { locks: lock("busy") }));
    await vi.advanceTimersByTimeAsync(1_100);
    const late = pool.run("one", async () => 1, lock("busy"));
    expect(await Promise.race([late.catch(() => "refused"), settle()])).toBe("refused");
    expect(await pool.run("one", async () => 1, lock("other"))).toBe(1);
    await releaseAll(jobs);
  });

  it("for a free slot is not refused because of others who wait for a lock", async () => {
    vi.useFakeTimers();
    const pool = new SlotPool(SIZE);
    const busy = many(30, () => occupy(pool, { locks: lock("busy") }));
    for (let round = 0; round < 3; round++) {
      await vi.advanceTimersByTimeAsync(600);
      const full = many(5, () => occupy(pool, { locks: lock("other") }));
      const next = occupy(pool, { locks: lock("third") });
      await releaseAll(full);
      expect(next.isRunning).toBe(true);
      await releaseAll([next]);
    }
    await releaseAll(busy);
  });
});

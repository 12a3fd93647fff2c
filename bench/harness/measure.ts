import { log } from "./postgres";

export interface TimedCase {
  name: string;
  run(): Promise<unknown>;
}

/** Milliseconds per call, by case name. */
export type TimesByCase = Map<string, number[]>;

/** A case that has used this many milliseconds is not repeated any more, but every case runs at least three times. */
const MAX_MS_PER_CASE = 2_500;

/**
 * Times cases in interleaved rounds (every case once, then every case again), so that other work of the machine affects
 * all of them alike. The first two rounds are warm-up.
 */
export async function timeRounds(cases: TimedCase[], rounds: number): Promise<TimesByCase> {
  const times: TimesByCase = new Map(cases.map(({ name }) => [name, []]));
  const spent = new Map<string, number>();
  for (let round = -2; round < rounds; round++) {
    if (round % 10 === 0) log(`round ${round} of ${rounds} …`);
    for (const { name, run } of cases) {
      const before = spent.get(name) ?? 0;
      if (before > MAX_MS_PER_CASE && round > 3) continue;
      const start = performance.now();
      await run().catch((error: unknown) => log(`${name}: ${error}`));
      const duration = performance.now() - start;
      spent.set(name, before + duration);
      if (round >= 0) times.get(name)?.push(duration);
    }
  }
  return times;
}

/** How often per second a call ends, made by so many writers at the same time, each one call after the other. */
export async function timesPerSecond(seconds: number, writers: number, call: () => Promise<void>): Promise<number> {
  const start = performance.now();
  const end = start + seconds * 1_000;
  let calls = 0;
  const writer = async () => {
    while (performance.now() < end) {
      await call();
      calls += 1;
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  return (calls * 1_000) / (performance.now() - start);
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** @param share from 0 to 1: 0.99 returns the 99th percentile */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

import { tell } from "./postgres";

/** One thing that is done again and again. */
export interface Case {
  name: string;
  run(): Promise<unknown>;
}

/** How long a case took, in milliseconds, one entry a call. */
export type Times = Map<string, number[]>;

/** Until this much is spent on a case it is repeated up to the number of rounds; a slow one at least three times. */
const ENOUGH = 2_500;

/**
 * Times cases in interleaved rounds: each case once, then each again, so that whatever else the machine does falls on
 * all alike. The first two rounds warm and are not counted.
 */
export async function rounds(cases: Case[], times: number): Promise<Times> {
  const taken: Times = new Map(cases.map(({ name }) => [name, []]));
  const spent = new Map<string, number>();
  for (let round = -2; round < times; round++) {
    if (round % 10 === 0) tell(`round ${round} of ${times} …`);
    for (const { name, run } of cases) {
      const before = spent.get(name) ?? 0;
      if (before > ENOUGH && round > 3) continue;
      const begin = performance.now();
      await run().catch((error: unknown) => tell(`${name}: ${error}`));
      const took = performance.now() - begin;
      spent.set(name, before + took);
      if (round >= 0) taken.get(name)?.push(took);
    }
  }
  return taken;
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which a share of all lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

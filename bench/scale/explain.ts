import { median } from "../harness/measure";
import { captureStatements, explain } from "../harness/plan";
import type { ScaleCase } from "./cases";

const REPEATS = 5;

/** Milliseconds that each query takes inside PostgreSQL: planning and execution of all its statements. */
export async function timeInPostgres(cases: ScaleCase[]): Promise<Map<string, number>> {
  const result = new Map<string, number>();
  for (const { name, pools, run } of cases) {
    const times: number[] = [];
    for (let repeat = 0; repeat < REPEATS && (times[0] ?? 0) < 1_000; repeat++) {
      const statements = await captureStatements(pools, () => run().catch(() => {}));
      let sum = 0;
      for (const statement of statements) {
        const { planning, execution } = await explain(pools.writes, statement, "auto", true);
        sum += planning + execution;
      }
      times.push(sum);
    }
    result.set(name, median(times));
  }
  return result;
}

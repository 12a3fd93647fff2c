import { median } from "../harness/measure";
import { explained, sentBy } from "../harness/plan";
import type { ScaleCase } from "./cases";

const TIMES = 5;

/** How long each query takes inside PostgreSQL, planning and execution of all its statements, in milliseconds. */
export async function inDatabase(cases: ScaleCase[]): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const { name, db, run } of cases) {
    const times: number[] = [];
    for (let turn = 0; turn < TIMES && (times[0] ?? 0) < 1_000; turn++) {
      const sent = await sentBy(db, () => run().catch(() => {}));
      let sum = 0;
      for (const statement of sent) {
        const { planning, execution } = await explained(db, statement, "auto", true);
        sum += planning + execution;
      }
      times.push(sum);
    }
    found.set(name, median(times));
  }
  return found;
}

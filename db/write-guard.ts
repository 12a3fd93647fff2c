import { VitrineError } from "#contract/error";
import { schemaProblem } from "./migrate";
import type { Database } from "./postgres";

/** How long one check of the schema holds, in milliseconds. */
const FRESH = 1_000;

const checks = new WeakMap<Database, { at: number; problem: Promise<string | null> }>();

/**
 * Call before writes. A newer program may migrate the database while this one runs; reads go on as far as they still fit.
 * @throws VitrineError SERVICE_UNAVAILABLE within a second after the schema became one that this program cannot write to
 */
export async function expectWritable(db: Database): Promise<void> {
  let check = checks.get(db);
  if (!check || performance.now() - check.at > FRESH) {
    check = { at: performance.now(), problem: schemaProblem(db.quick?.[0] ?? db) };
    checks.set(db, check);
    check.problem.catch(() => checks.delete(db));
  }
  const problem = await check.problem;
  if (problem) throw new VitrineError("SERVICE_UNAVAILABLE", problem);
}

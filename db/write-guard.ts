import { VitrineError } from "#contract/error";
import { causes } from "./connect-error";
import { isPoolerError } from "./connection/loss";
import { schemaProblem } from "./migrate";
import type { Pools } from "./postgres";

/** How long one check of the schema holds, in milliseconds. */
const FRESH = 1_000;

const checks = new WeakMap<Pools, { at: number; problem: Promise<string | null> }>();

/**
 * Call before writes. A newer program may migrate the database while this one runs; reads go on as far as they still fit.
 * @throws VitrineError SERVICE_UNAVAILABLE within a second after the schema became one that this program cannot write to
 */
export async function expectWritable(pools: Pools): Promise<void> {
  let check = checks.get(pools);
  if (!check || performance.now() - check.at > FRESH) {
    const problem = () => schemaProblem(pools.reads());
    // The first question behind a pooler that came in between fails, and the next is not prepared.
    const again = (error: unknown) => (causes(error).some(isPoolerError) ? problem() : Promise.reject(error));
    check = { at: performance.now(), problem: problem().catch(again) };
    checks.set(pools, check);
    check.problem.catch(() => checks.delete(pools));
  }
  const problem = await check.problem;
  if (problem) throw new VitrineError("SERVICE_UNAVAILABLE", problem);
}

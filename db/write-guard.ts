import { VitrineError } from "#contract/error";
import { causes } from "./connect-error";
import { isPoolerError } from "./connection/loss";
import { schemaProblem } from "./migrate";
import type { Pools } from "./postgres";

/** How long one check of the schema holds, in milliseconds. */
const FRESH = 1_000;

interface Check {
  at: number;
  problem: Promise<string | null>;
  /** Whether it ended without a problem. */
  isPassed: boolean;
}

const checks = new WeakMap<Pools, Check>();

/**
 * Call before writes. A newer program may migrate the database while this one runs; reads go on as far as they still fit.
 * @returns nothing where it was checked less than a second ago
 * @throws VitrineError SERVICE_UNAVAILABLE within a second after the schema became one that this program cannot write to
 */
export function expectWritable(pools: Pools): Promise<void> | undefined {
  const known = checks.get(pools);
  const check = known && performance.now() - known.at <= FRESH ? known : startCheck(pools);
  return check.isPassed ? undefined : expectPassed(check);
}

async function expectPassed(check: Check): Promise<void> {
  const problem = await check.problem;
  if (problem) throw new VitrineError("SERVICE_UNAVAILABLE", problem);
  check.isPassed = true;
}

function startCheck(pools: Pools): Check {
  const problem = () => schemaProblem(pools.reads());
  // The first question behind a pooler that came in between fails, and the next is not prepared.
  const again = (error: unknown) => (causes(error).some(isPoolerError) ? problem() : Promise.reject(error));
  const check = { at: performance.now(), problem: problem().catch(again), isPassed: false };
  checks.set(pools, check);
  check.problem.catch(() => checks.delete(pools));
  return check;
}

import { VitrineError } from "#contract/error";
import type { PoolName } from "./context";

/** How long a request may take once its body was read, unless it is a long one, in milliseconds. */
const LIMIT = 4_600;

/** How often deadlines are looked at, in milliseconds. */
const INTERVAL = 100;

type ProcedureType = "query" | "mutation" | "subscription";

/** The procedure that failed. */
export interface Operation {
  type: ProcedureType;
  pool: PoolName | undefined;
}

interface Pending {
  deadline: number;
  expire(): void;
}

const pending = new Set<Pending>();
let timer: NodeJS.Timeout | undefined;

/** A deadline for a request that begins now, as a time of `performance.now`. */
export function newDeadline(): number {
  return performance.now() + LIMIT;
}

/**
 * The result of `work`, which itself goes on after the deadline: statements have limits of their own.
 * @throws VitrineError SERVICE_UNAVAILABLE at the deadline
 */
export function before<T>(deadline: number, type: ProcedureType, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const each: Pending = { deadline, expire: () => reject(lateError(type)) };
    pending.add(each);
    // One timer for all: most requests end before it looks at them.
    timer ??= setInterval(expirePending, INTERVAL).unref();
    work.then(
      (result) => {
        pending.delete(each);
        resolve(result);
      },
      (error: unknown) => {
        pending.delete(each);
        reject(error);
      },
    );
  });
}

function expirePending(): void {
  const now = performance.now();
  for (const each of pending) {
    if (each.deadline > now) continue;
    pending.delete(each);
    each.expire();
  }
  if (pending.size > 0) return;
  clearInterval(timer);
  timer = undefined;
}

/** The database, or the path to it, did not respond in time. */
export function lateError(type: ProcedureType): VitrineError {
  const remedy =
    type === "mutation"
      ? "the change may have been made, so check before you send it again, or use an idempotency key"
      : "try again in a second";
  return new VitrineError("SERVICE_UNAVAILABLE", `The database did not respond in time; ${remedy}.`);
}

/** PostgreSQL ended a statement at its limit, and nothing was changed. */
export function limitError({ type, pool }: Operation): VitrineError {
  if (pool === "long")
    return new VitrineError("TIMEOUT", "The work took longer than its limit; do less of it at once.");
  if (pool === "reads") return lateError(type);
  if (pool !== "writes") return new VitrineError("TIMEOUT", "The query took too long; narrow the filter.");
  return new VitrineError(
    "SERVICE_UNAVAILABLE",
    "The write took longer than 3 s and was not made, often because others write to the same key; try again in a second.",
  );
}

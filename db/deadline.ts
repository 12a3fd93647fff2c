/** How long a request may take once its body was read, unless it is a long one, in milliseconds. */
const LIMIT = 4_600;

/** How often deadlines are looked at, in milliseconds. */
const INTERVAL = 100;

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
 * @param lateError the error at the deadline
 */
export function before<T>(deadline: number, lateError: () => Error, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const each: Pending = { deadline, expire: () => reject(lateError()) };
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

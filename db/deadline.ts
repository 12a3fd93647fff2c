/** How long a request may take once its body was read, unless it is a long one, in milliseconds. */
const LIMIT = 4_600;

/** A deadline for a request that begins now, as a time of `performance.now`. */
export function newDeadline(): number {
  return performance.now() + LIMIT;
}

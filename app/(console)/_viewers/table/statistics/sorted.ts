/** How many numbers are sorted or merged without a pause. */
const STRIDE = 65_536;

/** Sorts numbers without NaN, in steps of a few milliseconds. May return the array that it was given. */
export function* sortInSteps(numbers: Float64Array): Generator<void, Float64Array> {
  for (let start = 0; start < numbers.length; start += STRIDE) {
    numbers.subarray(start, start + STRIDE).sort();
    yield;
  }
  let from: Float64Array = numbers;
  let to: Float64Array = new Float64Array(numbers.length > STRIDE ? numbers.length : 0);
  for (let run = STRIDE; run < numbers.length; run *= 2) {
    for (let start = 0; start < numbers.length; start += 2 * run) yield* merge(from, to, start, run);
    [from, to] = [to, from];
  }
  return from;
}

/** Merges two sorted runs that begin at `start`. */
function* merge(from: Float64Array, to: Float64Array, start: number, run: number): Generator<void, void> {
  const middle = Math.min(start + run, from.length);
  const end = Math.min(middle + run, from.length);
  let [one, other] = [start, middle];
  for (let at = start; at < end; at += 1) {
    const takesOne = one < middle && (other >= end || (from[one] ?? 0) <= (from[other] ?? 0));
    to[at] = from[takesOne ? one++ : other++] ?? 0;
    if (at % STRIDE === 0) yield;
  }
}

/** The position of the first of some sorted numbers that is at least a bound. */
export function positionOf(sorted: Float64Array, bound: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** In milliseconds between frames: below one more is done in a frame, above the other less. */
const FAST = 25;
const SLOW = 50;
const MAX_PARTS = 8;

/** Callbacks of later frames, of which each runs one, with the number of parts that it may render. */
const waiting = new Set<(parts: number) => void>();
let frame = 0;
let last = 0;
let parts = 1;

/** Runs a callback in a frame of its own, after those that wait already. Returns how to cancel it. */
export function inFreeFrame(callback: (parts: number) => void): () => void {
  waiting.add(callback);
  if (frame === 0) start();
  return () => waiting.delete(callback);
}

function start(): void {
  [last, parts] = [0, 1];
  frame = requestAnimationFrame(runFirst);
}

function runFirst(now: number): void {
  if (last > 0 && now - last < FAST) parts = Math.min(parts + 1, MAX_PARTS);
  if (last > 0 && now - last > SLOW) parts = 1;
  last = now;
  const [first] = waiting;
  if (first) waiting.delete(first);
  frame = waiting.size > 0 || first ? requestAnimationFrame(runFirst) : 0;
  first?.(parts);
}

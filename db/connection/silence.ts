/** How often connections are looked at, in milliseconds. */
const INTERVAL = 250;

export interface Watched {
  /** Called every 250 ms with the time since the last call in which this process ran. */
  tick(elapsed: number): void;
}

const watched = new Set<Watched>();
let timer: NodeJS.Timeout | undefined;
let last = 0;

/** Looks at connections by one timer for all of them: one for each statement would cost more than a point read can bear. */
export function watch(each: Watched): void {
  watched.add(each);
  if (timer) return;
  last = performance.now();
  timer = setInterval(tick, INTERVAL);
  timer.unref();
}

export function unwatch(each: Watched): void {
  watched.delete(each);
  if (watched.size > 0) return;
  clearInterval(timer);
  timer = undefined;
}

function tick(): void {
  const now = performance.now();
  // While this process was blocked or suspended, it could not have read a response.
  const elapsed = Math.min(now - last, 2 * INTERVAL);
  last = now;
  for (const each of watched) each.tick(elapsed);
}

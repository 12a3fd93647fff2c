import { setTimeout as after } from "node:timers/promises";
import type { Postmaster } from "./postmaster";

const LONGEST_PAUSE = 5_000;

/** How long a first start waits for what a killed PostgreSQL left in the machine's memory to go. */
const PATIENCE = 10_000;

/**
 * Keeps a PostgreSQL up: when it ends by itself it is started again, for as long as it takes.
 * @param launch starts one
 * @param up told each time that one is ready
 * @param say one line on what happens
 * @throws Refusal where the first one does not start
 */
export async function keep(
  launch: () => Postmaster,
  up: (pid: number) => Promise<void>,
  say: (line: string) => void,
): Promise<{ stop(): Promise<void> }> {
  let current = await first(launch);
  let closing = false;
  await up(current.pid);
  // Should this process end without a word, its PostgreSQL ends too.
  const atExit = () => current.end();
  process.on("exit", atExit);
  const watching = watch();
  return {
    async stop() {
      closing = true;
      await current.stop();
      await watching;
      process.off("exit", atExit);
    },
  };

  async function watch(): Promise<void> {
    await current.ended;
    while (!closing) {
      say("PostgreSQL ended by itself: starting it again …");
      await again();
      await current.ended;
    }
  }

  async function again(): Promise<void> {
    for (let pause = 100; !closing; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      current = launch();
      const failure = await current.ready.then(() => null, String);
      if (failure === null) {
        await up(current.pid);
        return say("PostgreSQL runs again.");
      }
      if (!closing) say(failure);
      await after(pause);
    }
  }
}

async function first(launch: () => Postmaster): Promise<Postmaster> {
  for (const begun = Date.now(); ; ) {
    const one = launch();
    const failure: unknown = await one.ready.then(
      () => null,
      (error) => error,
    );
    if (failure === null) return one;
    const passing = String(failure).includes("shared memory") && Date.now() - begun < PATIENCE;
    if (!passing) throw failure;
    await after(200);
  }
}

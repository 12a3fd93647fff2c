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
  let current = launch();
  let closing = false;
  // Should this process end without a word, its PostgreSQL ends too.
  const atExit = () => current.end();
  process.on("exit", atExit);
  await first().catch((error) => {
    process.off("exit", atExit);
    throw error;
  });
  await up(current.pid);
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

  async function first(): Promise<void> {
    const begun = Date.now();
    const failure = () =>
      current.ready.then(
        () => null,
        (error: unknown) => error,
      );
    for (let why = await failure(); why !== null; why = await failure()) {
      const passing = String(why).includes("shared memory") && Date.now() - begun < PATIENCE;
      if (!passing) throw why;
      await after(200);
      current = launch();
    }
  }
}

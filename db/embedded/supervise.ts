import { setTimeout as after } from "node:timers/promises";
import type { Postmaster } from "./postmaster";

const MAX_PAUSE = 5_000;

/** How long the first start is retried while shared memory or the pid file of an orphan still exist, in milliseconds. */
const ORPHAN_TIMEOUT = 10_000;

/**
 * Keeps a PostgreSQL running: starts it again whenever it ends.
 * @param launch starts one
 * @param stopOrphan called when the first one found another, which a killed server had left behind
 * @param onReady called each time that one is ready
 * @throws StartupError where the first one does not start
 */
export async function supervise(
  launch: () => Postmaster,
  onReady: (pid: number) => Promise<void>,
  log: (line: string) => void,
  stopOrphan: () => Promise<void> = async () => {},
): Promise<{ stop(): Promise<void> }> {
  let current = launch();
  let stopping = false;
  // However this process exits, PostgreSQL ends too.
  const atExit = () => current.end();
  process.on("exit", atExit);
  await first().catch((error) => {
    process.off("exit", atExit);
    throw error;
  });
  await onReady(current.pid);
  const watching = watch();
  return {
    async stop() {
      stopping = true;
      await current.stop();
      await watching;
      process.off("exit", atExit);
    },
  };

  async function watch(): Promise<void> {
    await current.ended;
    while (!stopping) {
      log("PostgreSQL ended unexpectedly; restarting it …");
      await restart();
      await current.ended;
    }
  }

  async function restart(): Promise<void> {
    for (let pause = 100; !stopping; pause = Math.min(pause * 2, MAX_PAUSE)) {
      current = launch();
      const error = await current.ready.then(() => null, String);
      if (error === null) {
        await onReady(current.pid);
        return log("PostgreSQL is running again.");
      }
      if (!stopping) log(error);
      await after(pause);
    }
  }

  async function first(): Promise<void> {
    const start = Date.now();
    const errorOf = ({ ready }: Postmaster) =>
      ready.then(
        () => null,
        (error: unknown) => error,
      );
    for (let error = await errorOf(current); error !== null; error = await errorOf(current)) {
      const found = /shared memory|lock file/.test(String(error));
      if (!found || Date.now() - start > ORPHAN_TIMEOUT) throw error;
      await stopOrphan();
      await after(200);
      current = launch();
    }
  }
}

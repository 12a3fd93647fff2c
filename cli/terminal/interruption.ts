import { EXIT } from "./error";

export interface Interruption {
  /** Aborts at the first SIGINT, SIGTERM or SIGHUP; a second one exits at once. */
  signal: AbortSignal;
  /** Stops listening, for a command that handles the signals itself or starts a program that does. */
  release(): void;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  const listener = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return {
    signal: controller.signal,
    release() {
      for (const signal of SIGNALS) process.off(signal, listener);
    },
  };
}

import { EXIT } from "./error";

/** Ctrl-C, and whoever else ends this process. */
export interface Interruption {
  /** Aborted at the first signal. A second one ends the process there and then. */
  signal: AbortSignal;
  /** Leaves the signals to somebody else, such as the server that `serve` starts or an editor in front. */
  release(): void;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Listens for the signals that end a command. */
export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  const listen = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, listen);
  return {
    signal: controller.signal,
    release() {
      for (const signal of SIGNALS) process.off(signal, listen);
    },
  };
}

/// <reference lib="esnext.disposable" preserve="true" />
import { VitrineError } from "#contract/error";

/** The least time between two updates, in milliseconds. */
const INTERVAL = 100;

/**
 * A progress artifact that is updated in place. Within a run or task it finishes with it: at 100 when the work
 * succeeds, at its last value when the work fails.
 */
export interface Progress extends AsyncDisposable {
  /** Sets the value, 0 to 100, without waiting. Updates are sent at most ten times a second; the last value always is. */
  set(value: number): void;
  /** Waits until the last value is stored; rejects if that failed. `await using` does the same at the end of its block. */
  flush(): Promise<void>;
  /** Sets 100 and waits until it is stored. */
  finish(): Promise<void>;
}

interface ProgressCalls {
  /** Creates the artifact with value 0; null if that failed and was reported. */
  create(): Promise<{ id: string } | null>;
  update(id: string, value: number): Promise<unknown>;
  /** Handles a value out of range. */
  reject(error: VitrineError): void;
  /** Reports an error while no `flush` is pending. */
  report(error: unknown): void;
}

/** Starts to create the artifact at once. */
export function startProgress({ create, update, reject, report }: ProgressCalls): Progress {
  let current = 0;
  let stored: number | null = null;
  let id: string | null = null;
  let sending: Promise<void> | null = null;
  let failure: { error: unknown } | null = null;
  let flushes = 0;
  let endPause = () => {};

  async function send() {
    failure = null;
    while (stored !== current) {
      const value = current;
      if (id === null) {
        id = (await create())?.id ?? null;
        stored = id === null ? value : 0;
      } else {
        await update(id, value);
        stored = value;
        if (stored !== current) await pause();
      }
    }
  }

  function pause() {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, INTERVAL);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function start() {
    sending ??= send()
      .catch((error) => {
        failure = { error };
        if (flushes === 0) report(error);
      })
      .finally(() => {
        sending = null;
      });
  }

  async function flush() {
    flushes++;
    if (stored !== current) start();
    while (sending) {
      endPause();
      await sending;
    }
    flushes--;
    if (failure) throw failure.error;
  }

  const progress: Progress = {
    set(value) {
      if (!(value >= 0 && value <= 100)) {
        reject(new VitrineError("BAD_REQUEST", `Progress must be from 0 to 100, not ${value}.`, { field: "data" }));
        return;
      }
      current = value;
      if (stored !== current) start();
    },
    flush,
    finish() {
      progress.set(100);
      return flush();
    },
    [Symbol.asyncDispose]: flush,
  };
  start();
  return progress;
}

/// <reference lib="esnext.disposable" preserve="true" />
import { VitrineError } from "#contract/error";

/** Between two sent values there are at least so many milliseconds. */
const INTERVAL = 100;

/** A progress artifact that moves in place. In a run or task it finishes with it: at 100 when it succeeds, where it is when it fails. */
export interface Progress extends AsyncDisposable {
  /** Moves it to 0 to 100. Nothing waits: values are sent at most ten times a second, the last one always. */
  set(value: number): void;
  /** Waits until the last value has arrived; rejects when it could not. So does the end of `await using`. */
  flush(): Promise<void>;
  /** Moves it to 100 and waits. */
  finish(): Promise<void>;
}

/** How a progress artifact is made, at 0, and moved; null where that failed and was told. `tell`: what failed while nobody waits. */
export interface Mover {
  refuse(error: VitrineError): void;
  tell(error: unknown): void;
  create(): Promise<{ id: string } | null>;
  update(id: string, value: number): Promise<unknown>;
}

/** Makes a progress artifact at once, and gives what moves it. */
export function startProgress({ refuse, tell, create, update }: Mover): Progress {
  let wanted = 0;
  let sent: number | null = null;
  let id: string | null = null;
  let sending: Promise<void> | null = null;
  let failure: { error: unknown } | null = null;
  let waiting = 0;
  let hurry = () => {};

  async function send() {
    failure = null;
    while (sent !== wanted) {
      const value = wanted;
      if (id === null) {
        id = (await create())?.id ?? null;
        sent = id === null ? value : 0;
      } else {
        await update(id, value);
        sent = value;
        if (sent !== wanted) await pause();
      }
    }
  }

  function pause() {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, INTERVAL);
      hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function start() {
    sending ??= send()
      .catch((error) => {
        failure = { error };
        if (waiting === 0) tell(error);
      })
      .finally(() => {
        sending = null;
      });
  }

  async function flush() {
    waiting++;
    if (sent !== wanted) start();
    while (sending) {
      hurry();
      await sending;
    }
    waiting--;
    if (failure) throw failure.error;
  }

  const progress: Progress = {
    set(value) {
      if (!(value >= 0 && value <= 100)) {
        refuse(new VitrineError("BAD_REQUEST", `Progress goes from 0 to 100, not ${value}.`, { field: "data" }));
        return;
      }
      wanted = value;
      if (sent !== wanted) start();
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

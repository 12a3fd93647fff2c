import { ChangeMessage } from "#contract/changes";
import { VitrineError } from "#contract/error";
import { openChannel } from "#db/listen";
import type { Address } from "#db/postgres";
import { Hint } from "./changes/message-buffer";
import { Watcher } from "./changes/watcher";

/** How many watchers a process has at most. */
export const MAX_WATCHERS = 100;

/** The least time between two hints, in milliseconds. */
const PAUSE = 50;

/** What was changed, told to whoever watches, in this process and in the others on the same database. */
export interface Changes {
  /** Takes what a committed write changed. It costs the writer nothing: it is told at most every 50 ms. */
  changed(word: ChangeMessage): void;
  /**
   * Watches these keys, or everything: first `resync`, then hints. One who reads slowly gets them gathered.
   * SERVICE_UNAVAILABLE when 100 watch already, and while the process ends.
   */
  watch(keys?: readonly string[], signal?: AbortSignal): AsyncIterable<ChangeMessage>;
  /** Ends every watch as if its connection broke, so that whoever watched comes again. */
  end(): void;
  /** Tells the others what they were not told yet, then lets go of the channel. */
  close(): Promise<void>;
}

/**
 * Makes it for a process.
 * @param address where the processes on a database hear each other; null: this one tells itself alone
 * @param deaf told once when that does not work for some time
 */
export function createChanges(address: Address | null, deaf: (error: unknown) => void = () => {}): Changes {
  const watchers = new Set<Watcher>();
  // What this process did, for the others; and what anyone did, for the watchers here.
  const own = new Hint();
  const all = new Hint();
  let timer: NodeJS.Timeout | undefined;
  let told = -PAUSE;
  let ended = false;
  const channel =
    address === null
      ? null
      : openChannel(address, {
          onMessage(said) {
            // Another version of this program may say what this one does not know.
            all.add(ChangeMessage.safeParse(said).data ?? { type: "resync" });
            soon();
          },
          // Words were missed here and, while this process could not speak, elsewhere.
          onListening: () => changed({ type: "resync" }),
          onUnavailable: deaf,
        });

  function changed(word: ChangeMessage): void {
    own.add(word);
    all.add(word);
    soon();
  }

  function soon(): void {
    timer ??= setTimeout(tell, Math.max(0, told + PAUSE - performance.now()));
  }

  function tell(): void {
    clearTimeout(timer);
    timer = undefined;
    told = performance.now();
    const words = { own: own.take(), all: all.take() };
    if (words.own) channel?.send(words.own);
    if (words.all) for (const watcher of watchers) watcher.hear(words.all);
  }

  return {
    changed,
    watch(keys, signal) {
      if (ended) throw new VitrineError("SERVICE_UNAVAILABLE", "The server ends; watch again in a second.");
      if (watchers.size >= MAX_WATCHERS) {
        throw new VitrineError(
          "SERVICE_UNAVAILABLE",
          `At most ${MAX_WATCHERS} can watch at a time: ask every few seconds instead, or watch again later.`,
        );
      }
      const watcher = new Watcher(keys, () => watchers.delete(watcher));
      watchers.add(watcher);
      signal?.addEventListener("abort", () => watcher.leave(), { once: true });
      if (signal?.aborted) watcher.leave();
      return watcher;
    },
    end() {
      ended = true;
      for (const watcher of watchers) watcher.breakOff();
    },
    async close() {
      tell();
      await channel?.close();
    },
  };
}

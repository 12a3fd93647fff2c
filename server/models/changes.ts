import { randomUUID } from "node:crypto";
import { ChangeMessage, type ChangesWatch } from "#contract/changes";
import { VitrineError } from "#contract/error";
import { reachesKey } from "#contract/key-patterns";
import type { Address } from "#db/address";
import { openChannel } from "#db/listen";
import { type ChangeFilter, MessageBuffer } from "./changes/message-buffer";
import { createMessageLog } from "./changes/message-log";
import { Watcher } from "./changes/watcher";

export const MAX_WATCHERS = 100;

/** How many of them one caller may have. */
const MAX_WATCHERS_OF_CALLER = MAX_WATCHERS / 10;

/** The minimum time between two messages, in milliseconds. */
const MESSAGE_INTERVAL = 50;

/** Publishes changes to watchers in this process and in other processes on the same database. */
export interface Changes {
  /** Publishes what a committed write changed. Returns at once: messages are merged and sent at most every 50 ms. */
  changed(message: ChangeMessage): void;
  /** Where this process is in its changes: what is read from the database from now on has all changes up to here. */
  position(): string;
  /**
   * Watches these keys, or everything: first what changed since a position, or `resync` without one or where it is too long
   * ago; then changes. A slow reader gets merged messages.
   * @param reach patterns of the keys whose changes it may see, see `KeyPatterns`; null or absent: all
   * SERVICE_UNAVAILABLE with 100 watchers already, or 10 of this caller, and during shutdown.
   */
  watch(
    input?: ChangesWatch,
    signal?: AbortSignal,
    caller?: string,
    reach?: string | null,
  ): AsyncIterable<ChangeMessage>;
  /** Resolves once other processes can be reached, or at once where pages poll instead. Rejects while the channel is lost. */
  probe(): Promise<void>;
  /** How many clients watch, and whether changes of other processes arrive. */
  status(): { watchers: number; listening: boolean };
  /** Neither sends to other processes nor receives from them any more. */
  leaveChannel(): void;
  /** Ends every watch with an AbortError, so that clients reconnect elsewhere. */
  end(): void;
  /** Sends pending messages, then closes the channel. */
  close(): Promise<void>;
}

/**
 * Creates the changes of a process.
 * @param address the database that connects the processes; null: this process only
 * @param onUnavailable called once when the channel is down for some time
 */
export function createChanges(address: Address | null, onUnavailable: (error: unknown) => void = () => {}): Changes {
  const watchers = new Set<Watcher>();
  // `own` goes to other processes, `all` to the watchers of this one.
  const own = new MessageBuffer();
  const all = new MessageBuffer();
  const log = createMessageLog(randomUUID());
  let timer: NodeJS.Timeout | undefined;
  let lastSent = -MESSAGE_INTERVAL;
  let ended = false;
  let channel =
    address === null
      ? null
      : openChannel(address, {
          onMessage(payload) {
            // A newer program may send messages that this one cannot parse.
            all.add(ChangeMessage.safeParse(payload).data ?? { type: "resync" });
            schedule();
          },
          // Messages were missed here and, while the channel was down, elsewhere.
          onListening: () => changed({ type: "resync" }),
          onUnavailable: onUnavailable,
        });

  function changed(message: ChangeMessage): void {
    own.add(message);
    all.add(message);
    schedule();
  }

  function schedule(): void {
    timer ??= setTimeout(flush, Math.max(0, lastSent + MESSAGE_INTERVAL - performance.now()));
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    lastSent = performance.now();
    const messages = { own: own.take(), all: all.take() };
    if (messages.own) channel?.send(messages.own);
    if (!messages.all) return;
    log.add(messages.all);
    for (const watcher of watchers) watcher.receive(messages.all);
  }

  return {
    changed,
    position: log.position,
    watch({ keys, since } = {}, signal, caller, reach) {
      if (ended) throw new VitrineError("SERVICE_UNAVAILABLE", "The server is shutting down; reconnect in a second.");
      if (watchers.size >= MAX_WATCHERS) {
        throw new VitrineError(
          "SERVICE_UNAVAILABLE",
          `At most ${MAX_WATCHERS} clients can watch at a time; poll every few seconds, or retry later.`,
        );
      }
      const ofCaller = [...watchers].filter((watcher) => watcher.caller === caller);
      if (caller !== undefined && ofCaller.length >= MAX_WATCHERS_OF_CALLER) {
        throw new VitrineError(
          "SERVICE_UNAVAILABLE",
          `At most ${MAX_WATCHERS_OF_CALLER} clients of one API key or address can watch at a time; poll every few seconds, or retry later.`,
        );
      }
      const watcher = new Watcher(filterOf(keys, reach), log.since(since), () => watchers.delete(watcher), caller);
      watchers.add(watcher);
      signal?.addEventListener("abort", () => watcher.close(), { once: true });
      if (signal?.aborted) watcher.close();
      return watcher;
    },
    probe: async () => channel?.probe(),
    status: () => ({ watchers: watchers.size, listening: channel?.isListening() ?? false }),
    leaveChannel() {
      channel?.close();
      channel = null;
    },
    end() {
      ended = true;
      for (const watcher of watchers) watcher.abort();
    },
    async close() {
      flush();
      await channel?.close();
    },
  };
}

function filterOf(keys: readonly string[] | undefined, reach: string | null | undefined): ChangeFilter | undefined {
  const watched = keys && new Set(keys);
  if (!watched && reach == null) return undefined;
  const hasKey = (key: string) => (watched?.has(key) ?? true) && (reach == null || reachesKey(reach, key));
  return { hasKey, pins: !watched };
}

import { ChangeMessage, type ChangesWatch } from "#contract/changes";
import { parseJson } from "#contract/json";
import { HEARTBEAT_TIMEOUT } from "#contract/limits";
import { backoff } from "./call";
import { responseError, toVitrineError } from "./error";
import type { ResolvedOptions } from "./options";

/** Caps the wait before reconnecting at 3 to 6 s; an attempt number of `backoff`. */
const MAX_BACKOFF = 6;

/**
 * Yields `resync` first and after every interruption, and a message for each change in between. Reconnects for as long
 * as it takes once it was connected. Returns when `signal` aborts; rejects with a VitrineError if the server rejects
 * the request, or cannot be reached at first.
 */
export async function* watch(
  options: ResolvedOptions,
  input: ChangesWatch,
  signal?: AbortSignal,
): AsyncGenerator<ChangeMessage, void> {
  let connected = false;
  const position: Position = { lastEventId: "" };
  for (let attempt = 0; !signal?.aborted; attempt++) {
    try {
      for await (const message of messages(options, input, position, signal)) {
        connected = true;
        attempt = 0;
        yield message;
      }
    } catch (error) {
      if (signal?.aborted) return;
      const failure = toVitrineError(error, options.url);
      if (failure.code !== "SERVICE_UNAVAILABLE" || (!connected && attempt >= options.retries)) throw failure;
    }
    await backoff(Math.min(attempt, MAX_BACKOFF), signal);
  }
}

/** The id of the last event, with which the next connection proves that this client reads. */
interface Position {
  lastEventId: string;
}

/** The messages of one connection. */
async function* messages(
  { url, apiKey, fetch }: ResolvedOptions,
  input: ChangesWatch,
  position: Position,
  signal?: AbortSignal,
) {
  const end = new AbortController();
  const abort = () => end.abort();
  signal?.addEventListener("abort", abort, { once: true });
  let heartbeat = setTimeout(abort, HEARTBEAT_TIMEOUT);
  try {
    const query = encodeURIComponent(JSON.stringify(input));
    const response = await fetch(`${url}/api/trpc/changes.watch?input=${query}`, {
      headers: {
        accept: "text/event-stream",
        ...(apiKey && { authorization: `Bearer ${apiKey}` }),
        ...(position.lastEventId && { "last-event-id": position.lastEventId }),
      },
      signal: end.signal,
    });
    if (!response.ok || !response.body) throw await responseError(response, url);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(heartbeat);
      heartbeat = setTimeout(abort, HEARTBEAT_TIMEOUT);
      const events = (text + part.value).split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) {
        position.lastEventId = /^id: (.+)$/m.exec(event)?.[1] ?? "";
        const data = /^event: message\ndata: (.*)$/.exec(event)?.[1];
        if (data !== undefined) {
          // A newer server may have other messages.
          yield ChangeMessage.safeParse(parseJson(data)).data ?? { type: "resync" };
        }
      }
    }
  } finally {
    clearTimeout(heartbeat);
    signal?.removeEventListener("abort", abort);
    end.abort();
  }
}

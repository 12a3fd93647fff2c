import { TRPCClientError } from "@trpc/client";
import { ChangesWatch, ChangesWord } from "#contract/changes";
import { HEARTBEAT_TIMEOUT } from "#contract/limits";
import { backoff } from "./backoff";
import { expectJson, failureOf } from "./error";
import type { Target } from "./options";

/** The longest wait before a watch that was interrupted goes on, as an exponent of `backoff`. */
const SLOWEST = 6;

/**
 * What changes, as it is told: first `resync`, then hints, and `resync` again after any gap, however long the server was
 * away. Ends when `signal` says so or the loop is left. Rejects with a StoreError when it is refused, or nobody answers at first.
 */
export async function* watch(
  target: Target,
  input: ChangesWatch,
  signal?: AbortSignal,
): AsyncGenerator<ChangesWord, void> {
  let known = false;
  for (let attempt = 0; !signal?.aborted; attempt++) {
    try {
      for await (const word of heard(target, input, signal)) {
        known = true;
        attempt = 0;
        yield word;
      }
    } catch (error) {
      if (signal?.aborted) return;
      const failure = failureOf(error, target.url);
      if (failure.code !== "SERVICE_UNAVAILABLE" || (!known && attempt >= target.retries)) throw failure;
    }
    await backoff(Math.min(attempt, SLOWEST), signal);
  }
}

/** The words of one connection, until it ends. */
async function* heard({ url, apiKey, fetch }: Target, input: ChangesWatch, signal?: AbortSignal) {
  const end = new AbortController();
  const abort = () => end.abort();
  signal?.addEventListener("abort", abort, { once: true });
  let silence = setTimeout(abort, HEARTBEAT_TIMEOUT);
  try {
    const query = encodeURIComponent(JSON.stringify(ChangesWatch.parse(input)));
    const response = await fetch(`${url}/api/trpc/changes.watch?input=${query}`, {
      headers: { accept: "text/event-stream", ...(apiKey && { authorization: `Bearer ${apiKey}` }) },
      signal: end.signal,
    });
    if (!response.ok || !response.body) throw TRPCClientError.from(await expectJson(response, url).json());
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(silence);
      silence = setTimeout(abort, HEARTBEAT_TIMEOUT);
      const events = (text + part.value).split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) {
        const data = /^event: message\ndata: (.*)$/.exec(event)?.[1];
        if (data !== undefined) yield ChangesWord.parse(JSON.parse(data));
      }
    }
  } finally {
    clearTimeout(silence);
    signal?.removeEventListener("abort", abort);
    end.abort();
  }
}

/** How far a download is. */
export interface DownloadProgress {
  /** In bytes. */
  loaded: number;
  /** Why it starts again, as a sentence; null while it loads. */
  problem: string | null;
}

const UNREACHABLE = "Can't reach the server. Check your connection and try again.";
/** In milliseconds, before each further attempt. */
const WAITS = [1000, 3000, 9000];
/** Of responses that a later attempt may not have: timeouts, too many requests, a server that restarts. */
const TEMPORARY = new Set([408, 425, 429, 500, 502, 503, 504]);
/** In milliseconds between two reports. */
const REPORT_INTERVAL = 100;

/** What receives the bytes of a response. */
export interface Receiver {
  /** Before the first bytes, and again before those of a further attempt. */
  restart: () => void;
  /** Whether to receive more. */
  add: (part: Uint8Array<ArrayBuffer>) => boolean;
}

interface ReceiveRequest {
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

type Attempt = { problem: string; isTemporary: boolean } | null;

/**
 * Downloads a URL and reports the progress. An attempt that fails for a reason that may pass is repeated.
 * @throws Error with the server's own sentence, where it sent one
 */
export async function download(
  url: string,
  onProgress: (progress: DownloadProgress) => void,
  waits = WAITS,
): Promise<Uint8Array<ArrayBuffer>> {
  let parts: Uint8Array[] = [];
  let size = 0;
  const receiver: Receiver = {
    restart() {
      parts = [];
      size = 0;
    },
    add(part) {
      parts.push(part);
      size += part.length;
      return true;
    },
  };
  await receive(url, {}, receiver, onProgress, waits);
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/**
 * Downloads a URL part by part, as `download` does.
 * @throws Error with the server's own sentence, where it sent one, and what the receiver throws
 */
export async function receive(
  url: string,
  request: ReceiveRequest,
  receiver: Receiver,
  onProgress: (progress: DownloadProgress) => void,
  waits = WAITS,
): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    request.signal?.throwIfAborted();
    receiver.restart();
    const failure = await attempt(url, request, receiver, onProgress);
    if (failure === null) return;
    const wait = waits[tries];
    if (!failure.isTemporary || wait === undefined) throw new Error(failure.problem);
    onProgress({ loaded: 0, problem: failure.problem });
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

const unreachable: Attempt = { problem: UNREACHABLE, isTemporary: true };

async function attempt(
  url: string,
  request: ReceiveRequest,
  receiver: Receiver,
  onProgress: (progress: DownloadProgress) => void,
): Promise<Attempt> {
  const response = await fetch(url, { headers: request.headers ?? {}, signal: request.signal ?? null }).catch(
    () => null,
  );
  if (!response) return unreachable;
  if (!response.ok) {
    const problem = await problemOf(response).catch(() => null);
    return problem === null ? unreachable : { problem, isTemporary: TEMPORARY.has(response.status) };
  }
  let loaded = 0;
  let reported = { at: 0, loaded: -1 };
  const report = () => {
    reported = { at: performance.now(), loaded };
    onProgress({ loaded, problem: null });
  };
  const reader = response.body?.getReader();
  for (;;) {
    const next = await reader?.read().catch(() => null);
    if (next === null) return unreachable;
    if (!next?.value) break;
    loaded += next.value.length;
    if (performance.now() - reported.at >= REPORT_INTERVAL) report();
    if (receiver.add(next.value)) continue;
    reader?.cancel();
    break;
  }
  if (reported.loaded !== loaded) report();
  return null;
}

/** The sentence in the response of a failed request; a general one if it has none. */
async function problemOf(response: Response): Promise<string> {
  const text = await response.text();
  const message = /"message":("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
  return message === undefined ? "The server could not answer. Try again in a moment." : JSON.parse(message);
}

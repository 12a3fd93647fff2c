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

type Attempt = { bytes: Uint8Array } | { problem: string; isTemporary: boolean };

/**
 * Downloads a URL and reports the progress. An attempt that fails for a reason that may pass is repeated.
 * @throws Error with the server's own sentence, where it sent one
 */
export async function download(
  url: string,
  onProgress: (progress: DownloadProgress) => void,
  waits = WAITS,
): Promise<Uint8Array> {
  for (let tries = 0; ; tries += 1) {
    const attempt = await attemptOf(url, onProgress);
    if ("bytes" in attempt) return attempt.bytes;
    const wait = waits[tries];
    if (!attempt.isTemporary || wait === undefined) throw new Error(attempt.problem);
    onProgress({ loaded: 0, problem: attempt.problem });
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

async function attemptOf(url: string, onProgress: (progress: DownloadProgress) => void): Promise<Attempt> {
  try {
    const response = await fetch(url);
    if (!response.ok) {
      return { problem: await problemOf(response), isTemporary: TEMPORARY.has(response.status) };
    }
    return { bytes: await bytesOf(response, onProgress) };
  } catch {
    return { problem: UNREACHABLE, isTemporary: true };
  }
}

async function bytesOf(response: Response, onProgress: (progress: DownloadProgress) => void): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let loaded = 0;
  let reported = { at: 0, loaded: -1 };
  const report = () => {
    reported = { at: performance.now(), loaded };
    onProgress({ loaded, problem: null });
  };
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    parts.push(part.value);
    loaded += part.value.length;
    if (performance.now() - reported.at >= REPORT_INTERVAL) report();
  }
  if (reported.loaded !== loaded) report();
  const bytes = new Uint8Array(loaded);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The sentence in the response of a failed request; a general one if it has none. */
async function problemOf(response: Response): Promise<string> {
  const text = await response.text();
  const message = /"message":("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
  return message === undefined ? "The server could not answer. Try again in a moment." : JSON.parse(message);
}

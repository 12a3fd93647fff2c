import { KEY_HEADER } from "#contract/api-key";
import { VitrineError } from "#contract/error";

/** The server's URL when neither `url` nor `VITRINE_URL` is set. */
export const DEFAULT_URL = "http://127.0.0.1:4400";

/**
 * What to do when publishing fails: reject the promise, call `console.warn`, or call a function. `action` names what
 * failed, as in `publishing daily-report`.
 */
export type OnError = "throw" | "warn" | ((error: VitrineError, action: string) => void);

/** Time limit and retries of a call. */
export interface CallLimits {
  /** Milliseconds that a call may take with all its retries, after which it rejects with TIMEOUT; 30,000 by default. */
  timeout?: number | undefined;
  /** How often to retry while the server is unreachable: after 0.1 s, then twice as long each time; 5 by default. */
  retries?: number | undefined;
}

export interface ConnectOptions extends CallLimits {
  /** The server's URL, which may have a path: else `VITRINE_URL`, else `http://127.0.0.1:4400`. */
  url?: string | undefined;
  /** The secret of an API key: else `VITRINE_API_KEY`. A server that others can reach requires one. */
  apiKey?: string | undefined;
  /** What this program is, shown with what it writes: 1 to 64 printable characters of ASCII. */
  service?: string | undefined;
  /** Sends the requests instead of the global `fetch`. */
  fetch?: typeof globalThis.fetch | undefined;
  /**
   * `throw` (the default): publishing that fails rejects with a VitrineError. `warn` or a function: publishing never
   * rejects; an error is reported after a bounded wait and the promise resolves to null. Procedures reject either way.
   */
  onError?: OnError | undefined;
}

/** Connection options with the environment and the defaults applied. */
export interface ResolvedOptions extends Required<CallLimits> {
  /** Without a slash at the end. */
  url: string;
  apiKey: string | undefined;
  service: string | undefined;
  fetch: typeof globalThis.fetch;
}

function serviceName(service: string): string {
  if (/^[\x20-\x7e]{1,64}$/.test(service)) return service;
  const message = `The service ${JSON.stringify(service)} must have 1 to 64 printable characters of ASCII.`;
  throw new VitrineError("BAD_REQUEST", message, { field: "service" });
}

/** @throws VitrineError (BAD_REQUEST) for a URL that is not an absolute one of http or https, and for an invalid `service` */
export function resolveOptions({
  apiKey,
  service,
  fetch,
  timeout = 30_000,
  retries = 5,
  ...options
}: ConnectOptions): ResolvedOptions {
  const url = serverUrl(options.url || environment("VITRINE_URL") || DEFAULT_URL);
  return {
    url,
    apiKey: apiKey || environment("VITRINE_API_KEY"),
    service: service === undefined ? undefined : serviceName(service),
    fetch: warningOfIgnoredKey(url, uncompressedHere(url, fetch ?? ((...request) => globalThis.fetch(...request)))),
    timeout,
    retries,
  };
}

/** To a server on the same machine compression costs more time than it saves; `fetch` asks for it by itself. */
function uncompressedHere(url: string, fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  if (!/^(?:127\.[\d.]+|localhost|\[::1\])$/.test(new URL(url).hostname)) return fetch;
  return (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set("accept-encoding", "identity");
    return fetch(input, { ...init, headers });
  };
}

/** The URLs of servers that ignored a key, each of which is reported once. */
const reported = new Set<string>();

function warningOfIgnoredKey(url: string, fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (...request) => {
    const response = await fetch(...request);
    if (response.headers.get(KEY_HEADER) === "ignored" && !reported.has(url)) {
      reported.add(url);
      console.warn(`The server at ${url} has no API keys configured; the API key was ignored.`);
    }
    return response;
  };
}

function serverUrl(url: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url.replace(/\/+$/, "");
  const message = `The url "${url}" must be absolute, such as ${DEFAULT_URL}.`;
  throw new VitrineError("BAD_REQUEST", message, { field: "url" });
}

/** An environment variable; undefined where it is empty, and in a browser. */
function environment(name: "VITRINE_URL" | "VITRINE_API_KEY"): string | undefined {
  return globalThis.process?.env?.[name] || undefined;
}

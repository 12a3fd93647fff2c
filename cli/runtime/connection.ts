import { randomUUID } from "node:crypto";
import { connect, type Vitrine } from "#client/connect";
import { expectJson, responseError, toVitrineError } from "#client/error";
import { type ConnectOptions, resolveOptions } from "#client/options";
import { createUploader, type Uploader } from "#client/upload";
import { VitrineError } from "#contract/error";
import { usageError } from "../terminal/error";

const SERVICE = "vitrine-cli";

/** A person waits longer than a job would, but wants to know sooner that the server is unreachable. */
const LIMITS = { timeout: 120_000, retries: 2 };

/** `fetch` for paths below the server's URL, with the API key. Rejects with a VitrineError if there is no response. */
export type ServerFetch = (path: string, init?: RequestInit) => Promise<Response>;

export interface Connection {
  url: string;
  vitrine: Vitrine;
  /** Sends the bytes of files, without a limit of time. */
  uploader: Uploader;
  fetch: ServerFetch;
  /** GET of a path. @throws VitrineError for a response with an error status */
  get(path: string): Promise<Response>;
  /**
   * A placeholder for exact JSON text in the input of one call; its request has the text itself, `1.0` and big integers
   * included.
   * @param json in UTF-8
   */
  exactJson(json: Uint8Array): string;
}

/**
 * Connects to the server named by options or the environment; sends nothing yet.
 * @param options.signal aborts all requests
 * @throws CliError (usage) for an invalid URL or API key
 */
export function connectServer(options: {
  url: string | undefined;
  apiKey: string | undefined;
  signal: AbortSignal;
}): Connection {
  const texts = new Map<string, Uint8Array>();
  const send: typeof globalThis.fetch = (input, init) => {
    const body = typeof init?.body === "string" ? { body: replacePlaceholders(init.body, texts) } : {};
    const signal = init?.signal ? AbortSignal.any([init.signal, options.signal]) : options.signal;
    return fetch(input, { ...init, ...body, signal });
  };
  const { url, apiKey, fetch: sendWarning } = resolveUsable({ ...options, fetch: send });
  const serverFetch: ServerFetch = (path, init) => {
    const headers = new Headers(init?.headers);
    if (apiKey) headers.set("authorization", `Bearer ${apiKey}`);
    return sendWarning(`${url}${path}`, { ...init, headers }).catch((error) => {
      throw toVitrineError(error, url);
    });
  };
  return {
    url,
    uploader: createUploader(resolveUsable({ ...options, service: SERVICE, fetch: send })),
    vitrine: connect({ ...LIMITS, url, apiKey, service: SERVICE, fetch: send }),
    fetch: serverFetch,
    async get(path) {
      const response = await serverFetch(path);
      if (expectJson(response, url).ok) return response;
      throw await responseError(response, url);
    },
    exactJson(json) {
      const placeholder = randomUUID();
      texts.set(placeholder, json);
      return placeholder;
    },
  };
}

/** The messages do not contain secrets. */
function resolveUsable(options: ConnectOptions) {
  const resolved = resolveOrUsageError(options);
  const { url, apiKey } = resolved;
  const { username, password } = new URL(url);
  if (username || password) {
    throw usageError("Invalid server URL: it must not contain a user or a password; use --api-key or VITRINE_API_KEY.");
  }
  if (apiKey !== undefined && !/^[\x20-\x7e]+$/.test(apiKey)) {
    throw usageError("Invalid API key: it has a line break or a character outside ASCII.");
  }
  return resolved;
}

function resolveOrUsageError(options: ConnectOptions) {
  try {
    return resolveOptions(options);
  } catch (error) {
    throw error instanceof VitrineError ? usageError(error.message) : error;
  }
}

/** The body with the texts that it has placeholders for. */
function replacePlaceholders(body: string, texts: Map<string, Uint8Array>): string | Uint8Array<ArrayBuffer> {
  const [placeholder, json] = [...texts].find(([each]) => body.includes(`"${each}"`)) ?? [];
  if (placeholder === undefined || !json) return body;
  const [before = "", after = ""] = body.split(`"${placeholder}"`);
  return Buffer.concat([Buffer.from(before), json, Buffer.from(after)]);
}

/** The chunks of a response body. @throws VitrineError (SERVICE_UNAVAILABLE) if the connection is lost */
export async function* readBody(response: Response): AsyncGenerator<Uint8Array> {
  try {
    yield* response.body ?? [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The connection was lost (${reason}); run the command again to continue.`;
    throw new VitrineError("SERVICE_UNAVAILABLE", message, {}, { cause: error });
  }
}

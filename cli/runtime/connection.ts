import { randomUUID } from "node:crypto";
import { connect, type Vitrine } from "#client/connect";
import { expectJson, toVitrineError } from "#client/error";
import { resolveOptions } from "#client/options";
import { usageError } from "../terminal/error";
import { refusalIn } from "../terminal/response-error";

/** A shell waits longer than a job, for somebody sees it wait; and is told sooner that nobody is there. */
const PATIENCE = { timeout: 120_000, retries: 2 };

/** A server, as commands ask it. */
export interface Connection {
  /** Its address without a slash at the end. */
  url: string;
  /** Every procedure, typed. */
  vitrine: Vitrine;
  /** What stands for a JSON text in the `data` of a call: it is sent as it is, `1.0` and big integers included. */
  exactJson(text: string): string;
  /** A plain request to a path below the address, with the credential. Rejects with a StoreError unless it is answered. */
  get(path: string): Promise<Response>;
  /** The same by any method, with whatever body; whatever is answered is given. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

/**
 * Connects to the server that is named, in the options or the environment; nothing is sent yet.
 * @param signal ends every request
 * @throws Failure (usage) for an address that is none
 */
export function connectServer(given: {
  url: string | undefined;
  apiKey: string | undefined;
  signal: AbortSignal;
}): Connection {
  const { url, apiKey } = resolveOptions(given);
  expectAddress(url);
  const texts = new Map<string, string>();
  const ask: typeof globalThis.fetch = (input, init) => {
    const body = typeof init?.body === "string" ? { body: insertTexts(init.body, texts) } : {};
    const signal = init?.signal ? AbortSignal.any([init.signal, given.signal]) : given.signal;
    return fetch(input, { ...init, ...body, signal });
  };
  const request = (path: string, init?: RequestInit) => {
    const headers = new Headers(init?.headers);
    if (apiKey) headers.set("authorization", `Bearer ${apiKey}`);
    return ask(`${url}${path}`, { ...init, headers }).catch((error) => {
      throw toVitrineError(error, url);
    });
  };
  return {
    url,
    vitrine: connect({ ...PATIENCE, url, apiKey, fetch: ask }),
    exactJson(text) {
      const marker = randomUUID();
      texts.set(marker, text);
      return marker;
    },
    fetch: request,
    async get(path) {
      const answer = await request(path);
      if (expectJson(answer, url).ok) return answer;
      throw await refusalIn(answer);
    },
  };
}

function expectAddress(url: string): void {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return;
  throw usageError(`"${url}" is no address: give one that begins with http:// or https://.`);
}

/** The body with each marker replaced by the text it stands for. */
function insertTexts(body: string, texts: Map<string, string>): string {
  let whole = body;
  for (const [marker, text] of texts) whole = whole.replace(`"${marker}"`, () => text);
  return whole;
}

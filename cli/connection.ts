import { randomUUID } from "node:crypto";
import { connect, DEFAULT_URL, type Vitrine } from "#client/connect";
import { usage } from "./failure";

/** A server, as commands ask it. */
export interface Connection {
  /** Its address without a slash at the end. */
  url: string;
  /** Every procedure, typed. */
  vitrine: Vitrine;
  /** What stands for a JSON text in the `data` of a call: it is sent as it is, `1.0` and big integers included. */
  exact(text: string): string;
  /** A plain request to a path below the address, with the credential. */
  get(path: string): Promise<Response>;
}

/**
 * Connects to the server that was named; nothing is sent yet.
 * @param signal ends every request
 */
export function connection(given: {
  url: string | undefined;
  apiKey: string | undefined;
  signal: AbortSignal;
}): Connection {
  const url = addressOf(given.url ?? DEFAULT_URL);
  const texts = new Map<string, string>();
  const bounded = (init?: RequestInit | null) =>
    init?.signal ? AbortSignal.any([init.signal, given.signal]) : given.signal;
  const ask: typeof globalThis.fetch = (input, init) => {
    const body = typeof init?.body === "string" ? { body: spliced(init.body, texts) } : {};
    return fetch(input, { ...init, ...body, signal: bounded(init) });
  };
  return {
    url,
    vitrine: connect({ url, apiKey: given.apiKey, fetch: ask }),
    exact(text) {
      const marker = randomUUID();
      texts.set(marker, text);
      return marker;
    },
    get: (path) => ask(`${url}${path}`, { headers: given.apiKey ? { authorization: `Bearer ${given.apiKey}` } : {} }),
  };
}

function addressOf(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw usage(`"${url}" is no address: give one that begins with http:// or https://.`);
  }
  return url.replace(/\/+$/, "");
}

/** The body with each marker replaced by the text it stands for. */
function spliced(body: string, texts: Map<string, string>): string {
  let whole = body;
  for (const [marker, text] of texts) whole = whole.replace(`"${marker}"`, () => text);
  return whole;
}

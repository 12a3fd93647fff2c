import { randomUUID } from "node:crypto";
import { z } from "zod";
import { connect, type Vitrine } from "#client/connect";
import { expectJson, failureOf } from "#client/failure";
import { targetOf } from "#client/options";
import { ErrorCode, StoreError } from "#contract/error";
import { usage } from "./failure";

/** A shell waits longer than a job, for somebody sees it wait; and is told sooner that nobody is there. */
const PATIENCE = { timeout: 120_000, retries: 2 };

/** What a door says where it refuses. */
const Refused = z.looseObject({ code: ErrorCode, message: z.string() });

/** A server, as commands ask it. */
export interface Connection {
  /** Its address without a slash at the end. */
  url: string;
  /** Every procedure, typed. */
  vitrine: Vitrine;
  /** What stands for a JSON text in the `data` of a call: it is sent as it is, `1.0` and big integers included. */
  exact(text: string): string;
  /** A plain request to a path below the address, with the credential. Rejects with a StoreError unless it is answered. */
  get(path: string): Promise<Response>;
}

/**
 * Connects to the server that is named, in the options or the environment; nothing is sent yet.
 * @param signal ends every request
 * @throws Failure (usage) for an address that is none
 */
export function connection(given: {
  url: string | undefined;
  apiKey: string | undefined;
  signal: AbortSignal;
}): Connection {
  const { url, apiKey } = targetOf(given);
  expectAddress(url);
  const texts = new Map<string, string>();
  const ask: typeof globalThis.fetch = (input, init) => {
    const body = typeof init?.body === "string" ? { body: spliced(init.body, texts) } : {};
    const signal = init?.signal ? AbortSignal.any([init.signal, given.signal]) : given.signal;
    return fetch(input, { ...init, ...body, signal });
  };
  return {
    url,
    vitrine: connect({ ...PATIENCE, url, apiKey, fetch: ask }),
    exact(text) {
      const marker = randomUUID();
      texts.set(marker, text);
      return marker;
    },
    async get(path) {
      const headers = apiKey ? { authorization: `Bearer ${apiKey}` } : undefined;
      const answer = await ask(`${url}${path}`, headers && { headers }).catch((error) => {
        throw failureOf(error, url);
      });
      if (expectJson(answer, url).ok) return answer;
      const { code, message, ...details } = Refused.parse(await answer.json());
      throw new StoreError(code, message, details);
    },
  };
}

function expectAddress(url: string): void {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return;
  throw usage(`"${url}" is no address: give one that begins with http:// or https://.`);
}

/** The body with each marker replaced by the text it stands for. */
function spliced(body: string, texts: Map<string, string>): string {
  let whole = body;
  for (const [marker, text] of texts) whole = whole.replace(`"${marker}"`, () => text);
  return whole;
}

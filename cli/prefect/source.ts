import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { ImportKind } from "#contract/import";
import { CliError, EXIT, failedError } from "../terminal/error";

/** How often a request that found nobody, or a busy server, is sent again: after 0.5 s, then twice as long each time. */
const RETRIES = 5;
const BUSY = new Set([408, 429, 502, 503, 504]);

/** The most rows that Prefect gives at once, unless it is set to less. */
const MOST = 200;

/** What a kind is called in Prefect's API, as a route and as a filter. */
const NAMES: Record<ImportKind, string> = {
  flows: "flows",
  deployments: "deployments",
  flowRuns: "flow_runs",
  taskRuns: "task_runs",
  artifacts: "artifacts",
};

/** A running Prefect server, of which is only ever read. */
export interface Source {
  /** What its API calls itself: `3.8.8`. */
  version: string;
  /** How many rows it gives at once at most. */
  limit: number;
  count(kind: ImportKind): Promise<number>;
  /** A list of rows as the answer's own text, and of how many it was asked for. */
  page(kind: ImportKind, sort: string, offset: number): Promise<{ text: string; asked: number }>;
  /** The rows of these ids that are (still) there, as text; null where they are too large to be read together. */
  rows(kind: ImportKind, ids: readonly string[]): Promise<string | null>;
}

export interface SourceOptions {
  /** Its API's address, with or without `/api` at the end. */
  url: string;
  /** Its auth string: `user:password`. */
  auth: string | undefined;
  signal: AbortSignal;
}

/**
 * Reaches a Prefect server.
 * @throws Failure that says what is wrong: nobody there, no Prefect, or not allowed
 */
export async function openSource(options: SourceOptions): Promise<Source> {
  const given = options.url.replace(/\/+$/, "");
  for (const api of given.endsWith("/api") ? [given] : [`${given}/api`, given]) {
    const ask = asking({ ...options, url: api });
    // Nobody there is said at once; one that was there is waited for.
    const answer = await ask("/admin/version", null, RETRIES);
    const version = /^"(\d[\w.+-]*)"$/.exec(answer.ok ? await answer.text() : "")?.[1];
    if (version) return { version, ...(await reading(ask)) };
    if (answer.status === 401) throw unauthorized(answer);
  }
  throw failedError(`No Prefect answers at ${given}: name its API, such as http://127.0.0.1:4200/api.`);
}

type Ask = (path: string, body: object | null, attempt?: number) => Promise<Response>;

async function reading(ask: Ask): Promise<Omit<Source, "version">> {
  const text = async (path: string, body: object) => {
    const answer = await ask(path, body);
    if (answer.ok) return boundedText(answer);
    if (answer.status === 401) throw unauthorized(answer);
    throw failedError(`Prefect answers ${path} with ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
  };
  const most = await limitOf(ask);
  let limit = most;
  const page: Source["page"] = async (kind, sort, offset) => {
    const asked = limit;
    const found = await text(`/${NAMES[kind]}/filter`, { sort, offset, limit: asked });
    // Rows come with their data; where that is large, fewer are asked for from then on.
    if (found === null || found.length > LARGE) limit = Math.max(2, asked >> 1);
    if (found !== null) return { text: found, asked };
    if (asked > 2) return page(kind, sort, offset);
    throw failedError(
      `Two of the ${NAMES[kind]} at Prefect are together larger than ${HUGE} bytes: remove them there first.`,
    );
  };
  return {
    limit: most,
    count: async (kind) => Number(await text(`/${NAMES[kind]}/count`, {})),
    page,
    rows: (kind, ids) => text(`/${NAMES[kind]}/filter`, { [NAMES[kind]]: { id: { any_: ids } }, limit: most }),
  };
}

/** What an answer may hold, in bytes, and from where on fewer rows are asked for. */
const HUGE = 2 ** 28;
const LARGE = 2 ** 24;

/** The text of an answer; null where it is too large. */
async function boundedText(answer: Response): Promise<string | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    size += part.byteLength;
    if (size > HUGE) return null;
    parts.push(part);
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}

/** A server can be set to give fewer rows at once; it says so where it is asked for more. */
async function limitOf(ask: Ask): Promise<number> {
  const answer = await ask("/flows/filter", { limit: MOST });
  const said = answer.status === 422 ? await answer.text() : "";
  return Number(/less than or equal to (\d+)/.exec(said)?.[1] ?? MOST);
}

function asking({ url, auth, signal }: SourceOptions): Ask {
  const headers = new Headers({ "content-type": "application/json" });
  if (auth) headers.set("authorization", `Basic ${Buffer.from(auth).toString("base64")}`);
  const ask = async (path: string, body: object | null, attempt = 0): Promise<Response> => {
    const sent = body ? { method: "POST", body: JSON.stringify(body) } : {};
    const answer = await fetch(`${url}${path}`, { ...sent, headers, signal }).catch((error: unknown) => {
      if (signal.aborted || attempt >= RETRIES) throw silent(url, error);
      return null;
    });
    if (answer && !(BUSY.has(answer.status) && attempt < RETRIES)) {
      if (answer.status !== 403 || headers.has("prefect-csrf-token")) return answer;
      await prove(answer);
    } else await pause(500 * 2 ** attempt, null, { signal });
    return ask(path, body, attempt + 1);
  };
  /** Gets the token that a server with CSRF protection wants to see. */
  async function prove(refusal: Response): Promise<void> {
    const client = randomUUID();
    const answer = await ask(`/csrf-token?client=${client}`, null);
    const { token } = answer.ok ? await answer.json() : { token: "" };
    if (!token) throw unauthorized(refusal);
    headers.set("prefect-csrf-token", String(token));
    headers.set("prefect-csrf-client", client);
  }
  return ask;
}

function unauthorized({ status }: Response): CliError {
  const sentence = `Prefect answers ${status}: give its auth string (user:password) by --auth or PREFECT_API_AUTH_STRING.`;
  return new CliError(EXIT.forbidden, "UNAUTHORIZED", sentence);
}

function silent(url: string, error: unknown): CliError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new CliError(EXIT.unreachable, "UNREACHABLE", `No Prefect answers at ${url} (${reason}).`);
}

import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { ImportKind } from "#contract/import";
import { CliError, EXIT, failedError } from "../terminal/error";

/** How often to retry while Prefect is unreachable or busy: after 0.5 s, then twice as long each time. */
const RETRIES = 5;
const BUSY = new Set([408, 429, 502, 503, 504]);

const DEFAULT_LIMIT = 200;

/** Responses above this many bytes make the next ones smaller. */
const LARGE = 2 ** 24;

/** Responses above this many bytes are not read. */
const TOO_LARGE = 2 ** 28;

/** The names of the kinds in Prefect's API, in paths and filters. */
const NAMES: Record<ImportKind, string> = {
  flows: "flows",
  deployments: "deployments",
  flowRuns: "flow_runs",
  taskRuns: "task_runs",
  artifacts: "artifacts",
};

/** A running Prefect server. Nothing is written to it. */
export interface Source {
  version: string;
  limit: number;
  count(kind: ImportKind): Promise<number>;
  /** A list of rows as JSON text, and how many were requested. */
  page(kind: ImportKind, sort: string, offset: number): Promise<{ text: string; limit: number }>;
  /** The rows with these ids that exist, as JSON text; null if they are too large for one response. */
  rows(kind: ImportKind, ids: readonly string[]): Promise<string | null>;
}

export interface SourceOptions {
  /** The URL of Prefect's API, with or without `/api` at the end. */
  url: string;
  auth: string | undefined;
  signal: AbortSignal;
}

/** @throws CliError if Prefect is unreachable or denies access, or the server at the URL is not Prefect */
export async function openSource(options: SourceOptions): Promise<Source> {
  const base = options.url.replace(/\/+$/, "");
  for (const url of base.endsWith("/api") ? [base] : [`${base}/api`, base]) {
    const request = createRequest({ ...options, url });
    // No retries: a wrong URL should fail at once.
    const response = await request("/admin/version", null, RETRIES);
    const version = /^"(\d[\w.+-]*)"$/.exec(response.ok ? await response.text() : "")?.[1];
    if (version) return { version, ...(await createReader(request)) };
    if (response.status === 401) throw unauthorized(response);
  }
  throw failedError(`${base} is not a Prefect API; use a URL such as http://127.0.0.1:4200/api.`);
}

type Request = (path: string, body: object | null, attempt?: number) => Promise<Response>;

async function createReader(request: Request): Promise<Omit<Source, "version">> {
  const read = async (path: string, body: object) => {
    const response = await request(path, body);
    if (response.ok) return readText(response);
    if (response.status === 401) throw unauthorized(response);
    const text = (await response.text()).slice(0, 300);
    throw failedError(`Prefect responded to ${path} with status ${response.status}: ${text}`);
  };
  const maxLimit = await findLimit(request);
  let limit = maxLimit;
  const page: Source["page"] = async (kind, sort, offset) => {
    const requested = limit;
    const text = await read(`/${NAMES[kind]}/filter`, { sort, offset, limit: requested });
    // Rows include their data.
    if (text === null || text.length > LARGE) limit = Math.max(2, requested >> 1);
    if (text !== null) return { text, limit: requested };
    if (requested > 2) return page(kind, sort, offset);
    throw failedError(`Two rows of ${NAMES[kind]} in Prefect exceed ${TOO_LARGE} bytes together; delete them first.`);
  };
  return {
    limit: maxLimit,
    count: async (kind) => Number(await read(`/${NAMES[kind]}/count`, {})),
    page,
    rows: (kind, ids) => read(`/${NAMES[kind]}/filter`, { [NAMES[kind]]: { id: { any_: ids } }, limit: maxLimit }),
  };
}

async function readText(response: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > TOO_LARGE) return null;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** A server configured for fewer rows names its limit when more are requested. */
async function findLimit(request: Request): Promise<number> {
  const response = await request("/flows/filter", { limit: DEFAULT_LIMIT });
  const text = response.status === 422 ? await response.text() : "";
  return Number(/less than or equal to (\d+)/.exec(text)?.[1] ?? DEFAULT_LIMIT);
}

function createRequest({ url, auth, signal }: SourceOptions): Request {
  const headers = new Headers({ "content-type": "application/json" });
  if (auth) headers.set("authorization", `Basic ${Buffer.from(auth).toString("base64")}`);
  const request = async (path: string, body: object | null, attempt = 0): Promise<Response> => {
    const post = body ? { method: "POST", body: JSON.stringify(body) } : {};
    const response = await fetch(`${url}${path}`, { ...post, headers, signal }).catch((error: unknown) => {
      if (signal.aborted || attempt >= RETRIES) throw unreachable(url, error);
      return null;
    });
    if (response && !(BUSY.has(response.status) && attempt < RETRIES)) {
      if (response.status !== 403 || headers.has("prefect-csrf-token")) return response;
      await fetchCsrfToken(response);
    } else await pause(500 * 2 ** attempt, null, { signal });
    return request(path, body, attempt + 1);
  };
  /** For a server with CSRF protection. */
  async function fetchCsrfToken(forbidden: Response): Promise<void> {
    const client = randomUUID();
    const response = await request(`/csrf-token?client=${client}`, null);
    const { token } = response.ok ? await response.json() : { token: "" };
    if (!token) throw unauthorized(forbidden);
    headers.set("prefect-csrf-token", String(token));
    headers.set("prefect-csrf-client", client);
  }
  return request;
}

function unauthorized({ status }: Response): CliError {
  const message = `Prefect denied access (status ${status}); set its auth string (user:password) with --auth or PREFECT_API_AUTH_STRING.`;
  return new CliError(EXIT.forbidden, "UNAUTHORIZED", message);
}

function unreachable(url: string, error: unknown): CliError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new CliError(EXIT.unreachable, "UNREACHABLE", `Cannot reach Prefect at ${url} (${reason}).`);
}

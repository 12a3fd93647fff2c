import { VitrineError } from "#contract/error";
import type { FileEntry } from "#contract/file";
import { ANY_MEDIA_TYPE } from "#contract/file-type";
import { mediaTypeOf } from "#contract/media-type";
import { withSlot } from "#db/slots";
import { findPlace } from "#server/models/blob";
import type { Blobs } from "#server/models/data/blobs";
import { findFirstFile } from "#server/models/file";
import { reachable } from "#server/models/reach";
import type { Context } from "#server/routers/context";
import type { Access } from "../access";
import { cancelUnread, readChunks } from "../body";
import { sendContent } from "../download/content";
import { openBlob } from "../download/files";
import type { HttpRequest, HttpResponse } from "../message";
import { SANDBOX } from "../request-guard";
import { pageErrorResponse } from "../respond";
import { sandboxHeaders } from "./policy";
import { HEAD_BYTES, REPORTER, REPORTER_FILE, readHtmlHead, TEXT_DOCUMENT } from "./reporter";
import type { Grant, Tokens } from "./token";
import { viewerFile } from "./viewer-document";

/** Below it nothing belongs to anyone. */
export const SHARED = `${SANDBOX}-/`;

/** Of a folder, the file that it is shown as. */
const INDEX = "index.html";

interface Options {
  access: Access;
  pools: Context["pools"];
  blobs: Pick<Blobs, "store">;
  tokens: Tokens;
}

/**
 * Serves the files of versions by links with a token, to documents that have an origin of their own and so no session: the
 * token is all that counts, whatever else a request has.
 * @returns a handler that gives null for other paths
 */
export function createSandbox(options: Options): (request: HttpRequest) => Promise<HttpResponse | null> {
  return async (request) => {
    const { path, method, headers, record } = request;
    if (!path.startsWith(SANDBOX)) return null;
    if (method !== "GET" && method !== "HEAD") return problem("METHOD_NOT_SUPPORTED", "Send this request by GET.");
    // In a window of its own a script could leave for any address, with what it read in it.
    if (headers.get("sec-fetch-dest") === "document") {
      return problem("FORBIDDEN", "This is shown within a page of Vitrine only: open the report there.");
    }
    if (path.startsWith(SHARED)) return sharedFile(path.slice(SHARED.length));
    const [, token = "", rest] = /^([^/]*)\/(.*)$/.exec(path.slice(SANDBOX.length)) ?? [];
    const grant = await options.tokens.read(token);
    if (!grant || rest === undefined) return problem("NOT_FOUND", "There is no such link; open the report in Vitrine.");
    if (grant.expires * 1000 <= Date.now()) {
      return problem("FORBIDDEN", "This link worked for 10 minutes; load the report again.", grant.page);
    }
    const identity = await options.access.recall(grant.credential);
    if (!identity?.role) {
      return problem("FORBIDDEN", "Who opened this link may no longer read: sign in again.", grant.page);
    }
    const { keys, caller } = identity;
    record.caller = caller;
    const { pools } = options;
    const name = nameOf(rest);
    const own = sourceOf(headers.get("host") ?? "", token);
    const code = viewerFile(name);
    if (code === null) return problem("NOT_FOUND", "There is no such viewer on this server.", grant.page);
    if (code) return { ...code, headers: { ...code.headers, ...sandboxHeaders(own, pageOf(grant), "viewer") } };
    const paths = name === "" || name.endsWith("/") ? [name + INDEX] : [name, `${name}/${INDEX}`];
    const find = () => findFirstFile(reachable(pools.reads(), keys), grant.artifact, paths);
    const file = await withSlot("reads", caller, find);
    if (!file) return problem("NOT_FOUND", `There is no file "${paths[0]}" in this version.`, grant.page);
    // Relative addresses of an index are those below its folder.
    if (name !== file.path && paths.length > 1) return redirect(`${path}/`, grant.page);
    const headersOf = (code: "report" | "none") => sandboxHeaders(own, pageOf(grant), code, isNested(headers));
    let place: ReturnType<typeof findPlace> | undefined;
    const open = async (from: number, to: number) => {
      place ??= withSlot("reads", caller, () => findPlace(pools.reads(), file));
      return openBlob(await place, options.blobs, { from, to });
    };
    const sent = await sendFile(request, file, { open, headersOf });
    return options.access.cutAtEnd(sent, identity);
  };
}

/**
 * Whether a frame is that of a document without an origin. A page of another site cannot be told from that; without the token it
 * has no address to show, and with it could read the files as well.
 */
function isNested(headers: HttpRequest["headers"]): boolean {
  return headers.get("sec-fetch-site") === "cross-site" && /^i?frame$/.test(headers.get("sec-fetch-dest") ?? "");
}

/** The path of a file as it is stored, of one that a document has: tools that join paths double slashes. */
function nameOf(rest: string): string {
  return decodeURIComponent(rest)
    .replace(/\/{2,}/g, "/")
    .replace(/^\//, "")
    .normalize("NFC");
}

/** Where the files of a link are, as a source in a policy, in which an address of IPv6 cannot be. */
function sourceOf(host: string, token: string): string {
  return host.startsWith("[") ? "'self'" : `${host}${SANDBOX}${token}/`;
}

function pageOf({ page }: Grant): string | undefined {
  return page === "" || page.startsWith("[") ? undefined : page;
}

function problem(code: "FORBIDDEN" | "NOT_FOUND" | "METHOD_NOT_SUPPORTED", message: string, page?: string) {
  const { headers, ...response } = pageErrorResponse({ error: new VitrineError(code, message) });
  const allow: Record<string, string> = code === "METHOD_NOT_SUPPORTED" ? { allow: "GET, HEAD" } : {};
  return {
    ...response,
    headers: { ...headers, ...allow, ...sandboxHeaders(undefined, page), "cache-control": "no-store" },
  };
}

function redirect(location: string, page: string): HttpResponse {
  return {
    status: 307,
    headers: { ...sandboxHeaders(undefined, page), location, "cache-control": "no-store" },
    body: null,
  };
}

function sharedFile(name: string): HttpResponse {
  const headers = { ...sandboxHeaders(), "cache-control": "public, max-age=300" };
  if (name === REPORTER_FILE) {
    return { status: 200, headers: { ...headers, "content-type": "text/javascript; charset=utf-8" }, body: REPORTER };
  }
  if (name !== "text") return problem("NOT_FOUND", "There is no such file.");
  return { status: 200, headers: { ...headers, "content-type": "text/html; charset=utf-8" }, body: TEXT_DOCUMENT };
}

interface Sent {
  /** Both inclusive. */
  open(from: number, to: number): ReturnType<typeof openBlob>;
  headersOf(code: "report" | "none"): Record<string, string>;
}

async function sendFile(request: HttpRequest, file: FileEntry, { open, headersOf }: Sent): Promise<HttpResponse> {
  const { path, size, sha256 } = file;
  const mediaType = file.mediaType === ANY_MEDIA_TYPE ? mediaTypeOf(path) : file.mediaType;
  if (!/^text\/html\b/i.test(mediaType) || size === 0) {
    const all = { from: 0, to: size - 1 };
    return sendContent(
      request,
      { tag: sha256, size, open: ({ from, to } = all) => open(from, to) },
      { "content-type": mediaType, ...headersOf("none") },
    );
  }
  const unread = { tag: `${sha256}.sandbox`, size: null, open: () => null };
  const unopened = await sendContent(request, unread, { "content-type": mediaType, ...headersOf("report") });
  if (request.method === "HEAD" || unopened.status !== 200) return unopened;
  const first = await bytesOf(await open(0, Math.min(HEAD_BYTES, size) - 1));
  const { at, isTypeLater, hasEncoding } = readHtmlHead(first, mediaType);
  const type = hasEncoding ? mediaType : `${mediaType}; charset=utf-8`;
  const script =
    at === null ? "" : `${isTypeLater ? "<!doctype html>" : ""}<script src="${SHARED}${REPORTER_FILE}"></script>`;
  const rest = await open(at ?? 0, size - 1);
  return {
    ...unopened,
    headers: { ...unopened.headers, "content-type": type, ...headersOf(at === null ? "none" : "report") },
    body: joined([first.subarray(0, at ?? 0), Buffer.from(script)], rest),
  };
}

async function bytesOf(body: Uint8Array | ReadableStream<Uint8Array>): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of readChunks(body)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Some bytes and then others, as they are read. */
function joined(first: Uint8Array[], rest: Uint8Array | ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const chunks = rest instanceof Uint8Array ? null : readChunks(rest);
  const start = rest instanceof Uint8Array ? [...first, rest] : first;
  return new ReadableStream({
    start(controller) {
      for (const bytes of start) if (bytes.byteLength > 0) controller.enqueue(bytes);
      if (!chunks) controller.close();
    },
    async pull(controller) {
      const chunk = await chunks?.next();
      if (!chunk || chunk.done) controller.close();
      else controller.enqueue(chunk.value);
    },
    async cancel() {
      await chunks?.return(undefined);
      if (rest instanceof ReadableStream) await cancelUnread(rest);
    },
  });
}

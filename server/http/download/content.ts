import { taggedAs, untagged, withAcceptEncoding } from "../compression/accept-encoding";
import { acceptsGzip, isVaried } from "../compression/compress";
import type { HeaderReader, HttpRequest, HttpResponse } from "../message";

/** Both inclusive, as in a Range header. */
export interface ByteRange {
  from: number;
  to: number;
}

/** What a download sends. */
export interface Content {
  /** The entity tag without its quotes: the same for the same bytes, and only for them. */
  tag: string;
  /** In bytes; null where it is not known before all is written, then there are no ranges of it. */
  size: number | null;
  /** All of it, or a range, which is given only where the size is known. */
  open(range?: ByteRange): HttpResponse["body"] | Promise<HttpResponse["body"]>;
  /** All of it as it is stored, compressed by gzip. */
  openGzip?: (() => Promise<ReadableStream<Uint8Array>>) | undefined;
}

/** Kept by the browser that received it, which asks each time whether it is still the same. */
const REVALIDATED = "private, no-cache";

/**
 * Sends content with its entity tag: 304 where the request has it, 206 or 416 for one range (RFC 9110, 13 and 14). Several
 * ranges, and what is not a range of bytes, are ignored.
 */
export async function sendContent(
  { method, headers: requested }: Pick<HttpRequest, "method" | "headers">,
  content: Content,
  headers: Record<string, string>,
): Promise<HttpResponse> {
  const { size } = content;
  const etag = `"${content.tag}"`;
  const varied = isVaried(headers["content-type"] ?? "", size) && { vary: withAcceptEncoding(headers.vary) };
  const common = { "cache-control": REVALIDATED, ...headers, ...varied, etag };
  const known = knownTag(requested, etag);
  if (known !== null) {
    return { status: 304, headers: { etag: known, "cache-control": common["cache-control"], ...varied }, body: null };
  }
  if (size === null) {
    return { status: 200, headers: common, body: method === "HEAD" ? new Blob([]).stream() : await content.open() };
  }
  const ranged = { ...common, "accept-ranges": "bytes" };
  const whole = { ...ranged, "content-length": String(size) };
  const nothing = () => new Blob([]).stream();
  const range = method === "HEAD" ? undefined : rangeOf(requested, etag, size);
  if (range === undefined && content.openGzip && varied && isGzipAccepted(requested)) {
    const coded = { ...ranged, etag: taggedAs(etag, "gzip"), "content-encoding": "gzip" };
    return { status: 200, headers: coded, body: method === "HEAD" ? nothing() : await content.openGzip() };
  }
  if (range === undefined) {
    return { status: 200, headers: whole, body: method === "HEAD" ? nothing() : await content.open() };
  }
  if (range === null) {
    const unsatisfied = { "content-type": "text/plain; charset=utf-8", "content-range": `bytes */${size}` };
    return { status: 416, headers: unsatisfied, body: `The range is outside of the ${size} bytes.\n` };
  }
  const { from, to } = range;
  const part = { "content-range": `bytes ${from}-${to}/${size}`, "content-length": String(to - from + 1) };
  return { status: 206, headers: { ...ranged, ...part }, body: await content.open(range) };
}

/** Whether what is stored compressed is sent so: it is smaller, and costs nothing. */
function isGzipAccepted(requested: HeaderReader): boolean {
  const accepted = requested.get("accept-encoding");
  return accepted !== null && acceptsGzip(accepted);
}

/** The tag of the content in whatever coding that `If-None-Match` has; null where it has none. */
function knownTag(headers: HeaderReader, etag: string): string | null {
  const tags = (headers.get("if-none-match") ?? "").split(",").map((each) => each.trim().replace(/^W\//, ""));
  return tags.includes("*") ? etag : (tags.find((tag) => untagged(tag) === etag) ?? null);
}

/** The one range that is requested; null for one outside of the content, undefined for all of it. */
function rangeOf(headers: HeaderReader, etag: string, size: number): ByteRange | null | undefined {
  const condition = headers.get("if-range");
  if (condition !== null && condition.trim() !== etag) return undefined;
  const [matched, first = "", last = ""] =
    /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(headers.get("range") ?? "") ?? [];
  if (matched === undefined || (first === "" && last === "")) return undefined;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? null : { from: size - length, to: size - 1 };
  }
  const from = Number(first);
  if (last !== "" && Number(last) < from) return undefined;
  return from >= size ? null : { from, to: last === "" ? size - 1 : Math.min(Number(last), size - 1) };
}

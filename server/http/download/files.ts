import { downloadZip } from "client-zip";
import { openPlain } from "#blobs/compression";
import { nameOf } from "#blobs/store";
import type { ArtifactDetail } from "#contract/artifact";
import { VitrineError } from "#contract/error";
import { type FileEntry, filesIn } from "#contract/file";
import { FILES, isFileType } from "#contract/file-type";
import type { RawJson } from "#contract/raw-json";
import { fileNameOf } from "#formats/file-name";
import { type BlobPlace, findPlace } from "#server/models/blob";
import type { Blobs } from "#server/models/data/blobs";
import { findFile, findFiles } from "#server/models/file";
import type { Context } from "#server/routers/context";
import { cancelUnread, readChunks } from "../body";
import type { HttpRequest, HttpResponse } from "../message";
import { type ByteRange, type Content, sendContent } from "./content";

/** Script types would run where a page of this origin names them; what browsers show is left to viewers. */
const SCRIPT = /^[^/]+\/(?:x-)?(?:java|ecma|live|j)script/i;

type Detail = Pick<ArtifactDetail<RawJson>, "id" | "key" | "version" | "type" | "created" | "sha256" | "data">;

interface Opened {
  pools: Context["pools"];
  blobs: Pick<Blobs, "store" | "links">;
}

/**
 * The files of a version as an attachment: its only one, the one at `?path=`, or all of a folder as a ZIP archive.
 * @returns null for a version without files
 * @throws VitrineError NOT_FOUND for a path that it does not have
 */
export async function downloadFiles(
  request: Pick<HttpRequest, "method" | "search" | "headers">,
  detail: Detail,
  opened: Opened,
): Promise<HttpResponse | null> {
  const { id, type, data, sha256 } = detail;
  if (!isFileType(type)) return null;
  const path = new URLSearchParams(request.search).get("path");
  if (!filesIn(type, data.toJSON())) return null;
  if (type === FILES && path === null) {
    // Data that was not written by this program may name what its author could not publish.
    const files = await findFiles(opened.pools.reads(), id);
    if (files.length === 0) throw notFoundError("The bytes of these files are not kept here.");
    return sendContent(
      request,
      { tag: `${sha256}.zip`, size: null, open: () => zipOf(files, detail, opened) },
      headersOf(`${fileNameOf(detail)}.zip`, "application/zip"),
    );
  }
  const file = await findFile(opened.pools.reads(), id, path);
  if (!file) {
    throw notFoundError(
      path === null ? "The bytes of this file are not kept here." : `This version has no file "${path}".`,
    );
  }
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  const headers = headersOf(name, file.mediaType);
  const place = await findPlace(opened.pools.reads(), file);
  const link = await linkTo(request, place, { name, mediaType: headers["content-type"] }, opened.blobs);
  if (link) return { status: 302, headers: { location: link, "cache-control": "no-store" }, body: null };
  return sendContent(request, toContent(place, opened.blobs), headers);
}

function notFoundError(message: string): VitrineError {
  return new VitrineError("NOT_FOUND", message, { field: "path" });
}

/** Up to which size the server sends a file itself, in bytes. */
const MIN_LINKED = 1024 * 1024;

/** For how long a link can be used, in seconds. */
const LINK_SECONDS = 60;

/**
 * A link of the blob store, for a program that downloads a large file: pages load nothing from other origins, and who has
 * an entity tag may have the bytes.
 * @returns null where the server sends the bytes itself
 */
async function linkTo(
  { method, headers }: Pick<HttpRequest, "method" | "headers">,
  { sha256, size, codec, content }: BlobPlace,
  as: { name: string; mediaType: string },
  { store, links }: Opened["blobs"],
): Promise<string | null> {
  const isProgram = headers.get("sec-fetch-site") === null && headers.get("origin") === null;
  if (!links || !store || !isProgram || method !== "GET" || size <= MIN_LINKED) return null;
  // A bucket would send what is compressed as it is.
  if (codec !== "none" || content) return null;
  return headers.get("if-none-match") === null ? store.link(sha256, { ...as, seconds: LINK_SECONDS }) : null;
}

function headersOf(name: string, mediaType: string) {
  const ascii = name.replace(/[^A-Za-z0-9._ -]/g, "_");
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (each) => `%${each.charCodeAt(0).toString(16)}`);
  const full = ascii === name ? "" : `; filename*=UTF-8''${encoded}`;
  return {
    "content-type": SCRIPT.test(mediaType) ? "text/plain; charset=utf-8" : mediaType,
    "content-disposition": `attachment; filename="${ascii}"${full}`,
  };
}

function toContent(place: BlobPlace, blobs: Opened["blobs"]): Content {
  const { sha256, size, codec } = place;
  return {
    tag: sha256,
    size,
    open: (range) => openBlob(place, blobs, range),
    openGzip: codec === "gzip" ? () => storeOf(blobs).get(nameOf(sha256, codec)) : undefined,
  };
}

/** The bytes of a file, from the database or the blob store. */
export async function openBlob(
  place: BlobPlace,
  blobs: Pick<Blobs, "store">,
  range?: ByteRange,
): Promise<Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>> {
  const { size, content } = place;
  if (content) return range ? content.subarray(range.from, range.to + 1) : content;
  return size === 0 ? new Uint8Array() : openPlain(storeOf(blobs), place, range);
}

function storeOf({ store }: Pick<Blobs, "store">): NonNullable<Blobs["store"]> {
  if (store) return store;
  throw new VitrineError(
    "SERVICE_UNAVAILABLE",
    "The files of this database are in a blob store, and this server has none: set VITRINE_BLOBS.",
  );
}

function zipOf(files: readonly FileEntry[], { created }: Detail, opened: Opened): ReadableStream<Uint8Array> {
  const lastModified = new Date(created);
  async function* entries() {
    for (const file of files) {
      const content = await openBlob(await findPlace(opened.pools.reads(), file), opened.blobs);
      const entry = { name: file.path, size: file.size, lastModified };
      if (content instanceof Uint8Array) {
        yield { ...entry, input: content };
        continue;
      }
      const chunks = readChunks(content);
      try {
        yield { ...entry, input: chunks };
      } finally {
        // Where the download is cancelled, the archive does not end what it reads.
        await chunks.return(undefined);
        await cancelUnread(content);
      }
    }
  }
  const { body } = downloadZip(entries());
  if (!body) throw new Error("an archive has a body");
  return body;
}

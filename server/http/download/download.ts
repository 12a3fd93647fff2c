import { VitrineError } from "#contract/error";
import { LabelName } from "#contract/label";
import { RawJson } from "#contract/raw-json";
import { fileNameOf } from "#formats/file-name";
import { STEP } from "#formats/steps";
import type { Blobs } from "#server/models/data/blobs";
import { sha256Of } from "#server/models/measure";
import { createCaller } from "#server/routers/app-router";
import type { Context } from "#server/routers/context";
import { utf8Pieces } from "../body";
import type { HttpRequest, HttpResponse } from "../message";
import { type ByteRange, type Content, sendContent } from "./content";
import { type File, FORMATS, type Format, toFile } from "./download-file";
import { downloadFiles } from "./files";

const BY_ID = /^\/api\/artifacts\/([^/]+)\/data$/;
/** The slashes of a key may be escaped or not: the version is the last segment before `data`. */
const BY_KEY = /^\/api\/artifacts\/key\/(.+)\/([^/]+)\/data$/;

type Caller = ReturnType<typeof createCaller>;

/** The input of `artifact.read`, or a key and a label of it. */
type Input = Parameters<Caller["artifact"]["read"]>[0] | { latestOf: string; label: string };

export function matchDownload(path: string): Input | null {
  const [, id] = BY_ID.exec(path) ?? [];
  if (id !== undefined) return { id: decodeURIComponent(id) };
  const [, key, version] = BY_KEY.exec(path) ?? [];
  if (key === undefined || version === undefined) return null;
  // A number does not begin with a letter; what cannot be a label is refused as a version.
  if (LabelName.safeParse(version).success) return { latestOf: decodeURIComponent(key), label: version };
  return { key: decodeURIComponent(key), version: /^[1-9][0-9]{0,14}$/.test(version) ? Number(version) : 0 };
}

/** Pages name the version's `updated` in the URL of an image, so that a browser may keep it. */
const IMAGE_CACHE = "private, max-age=86400";

/**
 * Data as an attachment: the exact JSON text, the files that it names, or the format of `?as=`; with `?revision=N` as it was
 * before the n-th change, with `?asOf=TIMESTAMP` as it was then. With its entity tag, and by range where its size is known.
 * @throws the errors of `artifact.read`, `artifact.revision`, `collection.latest` and `toFile`
 */
export async function download(
  input: Input,
  request: Pick<HttpRequest, "method" | "search" | "headers">,
  context: Omit<Context, "encode">,
  blobs: Pick<Blobs, "store" | "links">,
): Promise<HttpResponse> {
  const { search } = request;
  const format = parseFormat(search);
  const revision = parseRevision(search);
  const asOf = new URLSearchParams(search).get("asOf") ?? undefined;
  if (revision !== null && asOf !== undefined) {
    throw new VitrineError("BAD_REQUEST", 'Set either "revision" or "asOf".', { field: "asOf" });
  }
  const caller = createCaller(context);
  const detail = await readDetail(input, asOf, caller);
  const { id, key, version, type } = detail;
  const ofFiles =
    format === null || format === "file" ? await downloadFiles(request, detail, { pools: context.pools, blobs }) : null;
  if (ofFiles) return ofFiles;
  const { data, sha256 } =
    revision === null ? detail : { ...(await caller.artifact.revision({ id, revision })), sha256: null };
  const file = await toFile(format ?? "json", type, data);
  const suffix = revision === null ? "" : `-before-change-${revision}`;
  const name = `${fileNameOf({ id, key, version })}${suffix}.${file.extension}`;
  return sendContent(request, contentOf(file, `${sha256 ?? (await sha256Of(data))}.${format ?? "json"}`), {
    "content-type": file.type,
    "content-disposition": `${format === "image" ? "inline" : "attachment"}; filename="${name.replace(/[^A-Za-z0-9._-]/g, "_")}"`,
    ...(format === "image" && { "cache-control": IMAGE_CACHE }),
  });
}

/** @param tag a hash of the data, and the format, which together determine the bytes */
function contentOf({ body }: Pick<File, "body">, tag: string): Content {
  if (body instanceof RawJson) {
    const [text, size] = [body.text(), body.bytes];
    if (size > STEP) return { tag, size, open: (range) => textStream(body, range ?? { from: 0, to: size - 1 }) };
    return contentOf({ body: text }, tag);
  }
  if (body === null || body instanceof ReadableStream) return { tag, size: null, open: () => body };
  const isText = typeof body === "string";
  return {
    tag,
    size: isText ? Buffer.byteLength(body) : body.byteLength,
    open: (range) => (range ? (isText ? Buffer.from(body) : body).subarray(range.from, range.to + 1) : body),
  };
}

/** A large text, encoded as it is read. It refers to the data, so that others who read it share it. */
function textStream(data: RawJson, { from, to }: ByteRange): ReadableStream<Uint8Array> {
  async function* parts() {
    let at = 0;
    for await (const piece of utf8Pieces(data.text())) {
      const part = piece.subarray(Math.max(0, from - at), Math.max(0, to + 1 - at));
      at += piece.byteLength;
      if (part.byteLength > 0) yield part;
      if (at > to || at >= data.bytes) return;
    }
  }
  const reader = parts();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value } = await reader.next();
        if (value) controller.enqueue(value);
        else controller.close();
      },
      async cancel() {
        await reader.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

function readDetail(input: Input, asOf: string | undefined, caller: Caller) {
  return "latestOf" in input
    ? caller.collection.latest({ key: input.latestOf, label: input.label, asOf })
    : caller.artifact.read({ ...input, asOf });
}

/** @throws the errors of `artifact.read` */
export async function storedText(
  input: { id: string; asOf?: string | undefined },
  context: Omit<Context, "encode">,
): Promise<string> {
  const { data } = await createCaller(context).artifact.read(input);
  return data.text();
}

function parseRevision(search: string): number | null {
  const value = new URLSearchParams(search).get("revision");
  if (value === null) return null;
  if (/^[1-9][0-9]{0,8}$/.test(value)) return Number(value);
  throw new VitrineError("BAD_REQUEST", 'Set "revision" to the number of a change.', { field: "revision" });
}

/** null for none, which is the JSON text, and of files their content. */
function parseFormat(search: string): Format | null {
  const value = new URLSearchParams(search).get("as");
  if (value === null) return null;
  const format = FORMATS.find((each) => each === value);
  if (format) return format;
  throw new VitrineError("BAD_REQUEST", `Set "as" to one of ${FORMATS.join(", ")}.`, { field: "as" });
}

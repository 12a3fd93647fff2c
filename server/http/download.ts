import { VitrineError } from "#contract/error";
import { LabelName } from "#contract/label";
import { fileNameOf } from "#formats/file-name";
import { createCaller } from "#server/routers/app-router";
import type { Context } from "#server/routers/context";
import { FORMATS, type Format, toFile } from "./download-file";
import type { HttpResponse } from "./message";

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
 * Data as an attachment: the exact JSON text, or the format of `?as=`; with `?revision=N` as it was before the n-th change,
 * with `?asOf=TIMESTAMP` as it was then.
 * @throws the errors of `artifact.read`, `artifact.revision`, `collection.latest` and `toFile`
 */
export async function download(input: Input, search: string, context: Omit<Context, "encode">): Promise<HttpResponse> {
  const format = parseFormat(search);
  const revision = parseRevision(search);
  const asOf = new URLSearchParams(search).get("asOf") ?? undefined;
  if (revision !== null && asOf !== undefined) {
    throw new VitrineError("BAD_REQUEST", 'Set either "revision" or "asOf".', { field: "asOf" });
  }
  const caller = createCaller(context);
  const detail = await readDetail(input, asOf, caller);
  const { id, key, version, type } = detail;
  const { data } = revision === null ? detail : await caller.artifact.revision({ id, revision });
  const file = await toFile(format, type, data);
  const suffix = revision === null ? "" : `-before-change-${revision}`;
  const name = `${fileNameOf({ id, key, version })}${suffix}.${file.extension}`;
  return {
    status: 200,
    headers: {
      "content-type": file.type,
      "content-disposition": `${format === "image" ? "inline" : "attachment"}; filename="${name.replace(/[^A-Za-z0-9._-]/g, "_")}"`,
      ...(format === "image" && { "cache-control": IMAGE_CACHE }),
    },
    body: file.body,
  };
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

function parseFormat(search: string): Format {
  const value = new URLSearchParams(search).get("as") ?? "json";
  const format = FORMATS.find((each) => each === value);
  if (format) return format;
  throw new VitrineError("BAD_REQUEST", `Set "as" to one of ${FORMATS.join(", ")}.`, { field: "as" });
}

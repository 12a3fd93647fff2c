import { VitrineError } from "#contract/error";
import { callerOf } from "#server/routers/app-router";
import type { Context } from "#server/routers/context";
import { FORMATS, type Format, toFile } from "./download-file";
import type { HttpResponse } from "./message";

const BY_ID = /^\/api\/artifacts\/([^/]+)\/data$/;
const BY_KEY = /^\/api\/artifacts\/key\/([^/]+)\/([^/]+)\/data$/;

type Input = Parameters<ReturnType<typeof callerOf>["artifact"]["read"]>[0];

/** Which artifact's data a path asks for, or null when it is no such path. */
export function matchDownload(path: string): Input | null {
  const [, id] = BY_ID.exec(path) ?? [];
  if (id !== undefined) return { id: decodeURIComponent(id) };
  const [, key, version] = BY_KEY.exec(path) ?? [];
  if (key === undefined || version === undefined) return null;
  return { key: decodeURIComponent(key), version: /^[1-9][0-9]{0,14}$/.test(version) ? Number(version) : 0 };
}

/**
 * An artifact's data as a file that no browser runs: the stored JSON text, exactly, or what `?as=` asks for.
 * Throws what `artifact.read` throws, and BAD_REQUEST where the data cannot be that.
 */
export async function download(input: Input, search: string, context: Omit<Context, "encode">): Promise<HttpResponse> {
  const form = parseFormat(search);
  const { id, key, version, type, data } = await callerOf(context).artifact.read(input);
  const file = await toFile(form, type, data.text());
  const name = `${key === null ? id : `${key.slice(0, 200)}-v${version}`}.${file.extension}`;
  return {
    status: 200,
    headers: {
      "content-type": file.type,
      "content-disposition": `attachment; filename="${name.replace(/[^A-Za-z0-9._-]/g, "_")}"`,
    },
    body: file.body,
  };
}

/** The JSON text of a version, as it is stored. Throws what `artifact.read` throws. */
export async function storedText(input: Input, context: Omit<Context, "encode">): Promise<string> {
  const { data } = await callerOf(context).artifact.read(input);
  return data.text();
}

function parseFormat(search: string): Format {
  const asked = new URLSearchParams(search).get("as") ?? "json";
  const form = FORMATS.find((each) => each === asked);
  if (form) return form;
  throw new VitrineError("BAD_REQUEST", `Ask for the data as one of ${FORMATS.join(", ")}.`, { field: "as" });
}

import { VitrineError } from "#contract/error";
import { type Json, parseJson } from "#contract/json";
import { csvStream } from "./csv";
import type { HttpResponse } from "./message";

/** What a download can be asked as: its JSON text, the file its type is at home in, or one kind of file. */
export const FORMATS = ["json", "file", "md", "csv", "exact-csv"] as const;
export type Format = (typeof FORMATS)[number];

/** A file: its extension, its type and what is in it. */
export interface File {
  extension: string;
  type: string;
  body: HttpResponse["body"];
}

const IMAGE_EXTENSIONS: Record<string, string> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/gif": "gif",
  "image/webp": "webp",
  "image/avif": "avif",
  "image/bmp": "bmp",
  "image/svg+xml": "svg",
};

/**
 * Stored data as a file. As `file` it is what its type is at home in: markdown `md`, a table `csv`, a picture with its
 * bytes the picture, and its JSON text where it is none of these. BAD_REQUEST where it is not what was asked for.
 */
export async function toFile(form: Format, type: string | null, text: string): Promise<File> {
  const json = { extension: "json", type: "application/json", body: text };
  switch (form) {
    case "json":
      return json;
    case "md":
      return toMarkdown(text) ?? formatError("markdown: its data is not a text");
    case "csv":
    case "exact-csv":
      return (await toCsv(text, form)) ?? formatError("CSV: its data is not a table");
    case "file":
      if (type === "markdown") return toMarkdown(text) ?? json;
      if (type === "table") return (await toCsv(text, "csv")) ?? json;
      return (type === "image" ? toImage(text) : null) ?? json;
  }
}

function formatError(why: string): never {
  throw new VitrineError("BAD_REQUEST", `This artifact is no ${why}.`, { field: "as" });
}

function toMarkdown(text: string): File | null {
  const data = parseJson(text);
  // What UTF-8 cannot hold would be lost in a file.
  if (typeof data !== "string" || !data.isWellFormed()) return null;
  return { extension: "md", type: "text/markdown; charset=utf-8", body: data };
}

async function toCsv(text: string, form: "csv" | "exact-csv"): Promise<File | null> {
  const body = await csvStream(text, { exact: form === "exact-csv" });
  return body && { extension: "csv", type: "text/csv; charset=utf-8", body };
}

/** The picture that a data URL holds. */
function toImage(text: string): File | null {
  const data: Json | undefined = parseJson(text);
  if (typeof data !== "string") return null;
  const [, named = "", base64] = /^data:(image\/[a-z0-9.+-]+)(?:;[^,;]*)*?(;base64)?,/i.exec(data.slice(0, 200)) ?? [];
  const type = named.toLowerCase();
  const extension = IMAGE_EXTENSIONS[type];
  if (extension === undefined) return null;
  const content = data.slice(data.indexOf(",") + 1);
  const bytes = base64 ? Buffer.from(content, "base64") : percentDecoded(content);
  return { extension, type, body: new Blob([bytes]).stream() };
}

/** Bytes of a text in which some are escaped; the others are UTF-8. */
function percentDecoded(content: string): Buffer<ArrayBuffer> {
  const bytes = Buffer.from(content).toString("latin1");
  return Buffer.from(
    bytes.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString("latin1")),
    "latin1",
  );
}

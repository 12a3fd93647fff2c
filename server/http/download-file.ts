import { VitrineError } from "#contract/error";
import { type Json, parseJson } from "#contract/json";
import type { RawJson } from "#contract/raw-json";
import { csvStream } from "./csv";
import type { HttpResponse } from "./message";

/** The values of `?as=`: the JSON text, the usual file of the artifact's type, or one kind of file. */
export const FORMATS = ["json", "file", "md", "csv", "exact-csv"] as const;
export type Format = (typeof FORMATS)[number];

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

/** `file` exports markdown, tables as CSV, embedded images, and anything else as JSON. @throws VitrineError BAD_REQUEST */
export async function toFile(format: Format, type: string | null, data: RawJson): Promise<File> {
  const text = data.text();
  const json = { extension: "json", type: "application/json", body: text };
  switch (format) {
    case "json":
      return json;
    case "md":
      return toMarkdown(text) ?? formatError("Markdown: the data is not a string");
    case "csv":
    case "exact-csv":
      return (await toCsv(text, format)) ?? formatError("CSV: the data is not a table");
    case "file":
      if (type === "markdown") return toMarkdown(text) ?? json;
      if (type === "table") return (await toCsv(text, "csv")) ?? json;
      return (type === "image" ? toImage(text) : null) ?? json;
  }
}

function formatError(problem: string): never {
  throw new VitrineError("BAD_REQUEST", `Cannot export as ${problem}.`, { field: "as" });
}

function toMarkdown(text: string): File | null {
  const data = parseJson(text);
  // UTF-8 cannot encode lone surrogates.
  if (typeof data !== "string" || !data.isWellFormed()) return null;
  return { extension: "md", type: "text/markdown; charset=utf-8", body: data };
}

async function toCsv(text: string, format: "csv" | "exact-csv"): Promise<File | null> {
  const body = await csvStream(text, { exact: format === "exact-csv" });
  return body && { extension: "csv", type: "text/csv; charset=utf-8", body };
}

function toImage(text: string): File | null {
  const data: Json | undefined = parseJson(text);
  if (typeof data !== "string") return null;
  const [, mediaType = "", base64] =
    /^data:(image\/[a-z0-9.+-]+)(?:;[^,;]*)*?(;base64)?,/i.exec(data.slice(0, 200)) ?? [];
  const type = mediaType.toLowerCase();
  const extension = IMAGE_EXTENSIONS[type];
  if (extension === undefined) return null;
  const content = data.slice(data.indexOf(",") + 1);
  const bytes = base64 ? Buffer.from(content, "base64") : percentDecoded(content);
  return { extension, type, body: new Blob([bytes]).stream() };
}

/** Decodes percent escapes to bytes, which need not be UTF-8. */
function percentDecoded(content: string): Buffer<ArrayBuffer> {
  const bytes = Buffer.from(content).toString("latin1");
  return Buffer.from(
    bytes.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString("latin1")),
    "latin1",
  );
}

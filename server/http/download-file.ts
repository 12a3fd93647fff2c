import { VitrineError } from "#contract/error";
import { type Json, parseJson } from "#contract/json";
import { csvOf } from "./csv";
import type { HttpResponse } from "./message";

/** What a download can be asked as: its JSON text, the file its type is at home in, or one kind of file. */
export const FORMS = ["json", "file", "md", "csv", "exact-csv"] as const;
export type Form = (typeof FORMS)[number];

/** A file: its ending, its type and what is in it. */
export interface File {
  ending: string;
  type: string;
  body: HttpResponse["body"];
}

const PICTURES: Record<string, string> = {
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
export async function fileOf(form: Form, type: string | null, text: string): Promise<File> {
  const json = { ending: "json", type: "application/json", body: text };
  switch (form) {
    case "json":
      return json;
    case "md":
      return markdownOf(text) ?? unfit("markdown: its data is not a text");
    case "csv":
    case "exact-csv":
      return (await tableOf(text, form)) ?? unfit("CSV: its data is not a table");
    case "file":
      if (type === "markdown") return markdownOf(text) ?? json;
      if (type === "table") return (await tableOf(text, "csv")) ?? json;
      return (type === "image" ? pictureOf(text) : null) ?? json;
  }
}

function unfit(why: string): never {
  throw new VitrineError("BAD_REQUEST", `This artifact is no ${why}.`, { field: "as" });
}

function markdownOf(text: string): File | null {
  const data = parseJson(text);
  // What UTF-8 cannot hold would be lost in a file.
  if (typeof data !== "string" || !data.isWellFormed()) return null;
  return { ending: "md", type: "text/markdown; charset=utf-8", body: data };
}

async function tableOf(text: string, form: "csv" | "exact-csv"): Promise<File | null> {
  const body = await csvOf(text, { exact: form === "exact-csv" });
  return body && { ending: "csv", type: "text/csv; charset=utf-8", body };
}

/** The picture that a data URL holds. */
function pictureOf(text: string): File | null {
  const data: Json | undefined = parseJson(text);
  if (typeof data !== "string") return null;
  const [, named = "", base64] = /^data:(image\/[a-z0-9.+-]+)(?:;[^,;]*)*?(;base64)?,/i.exec(data.slice(0, 200)) ?? [];
  const type = named.toLowerCase();
  const ending = PICTURES[type];
  if (ending === undefined) return null;
  const content = data.slice(data.indexOf(",") + 1);
  const bytes = base64 ? Buffer.from(content, "base64") : percentDecoded(content);
  return { ending, type, body: new Blob([bytes]).stream() };
}

/** Bytes of a text in which some are escaped; the others are UTF-8. */
function percentDecoded(content: string): Buffer<ArrayBuffer> {
  const bytes = Buffer.from(content).toString("latin1");
  return Buffer.from(
    bytes.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString("latin1")),
    "latin1",
  );
}

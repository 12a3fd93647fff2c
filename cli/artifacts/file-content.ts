import { basename, extname } from "node:path";
import { imageUrl } from "#client/data";
import { parseJson } from "#contract/json";
import { failedError, usageError } from "../terminal/error";
import { decodeUtf8 } from "../terminal/input";
import { csvToTableJson } from "./csv";

/** What a file holds, ready to be sent: the JSON text of its data, and the type that it is of. */
export interface FileContent {
  type: string;
  text: string;
}

interface Source {
  /** What it is called in a sentence. */
  name: string;
  bytes: Uint8Array;
}
type Reading = (source: Source) => string | Promise<string>;

const KINDS: Record<string, { type: string; read: Reading }> = {
  markdown: { type: "markdown", read: written },
  text: { type: "text", read: written },
  csv: { type: "table", read: (source) => table(source, ",") },
  tsv: { type: "table", read: (source) => table(source, "\t") },
  json: { type: "json", read: json },
  image: { type: "image", read: picture },
  link: { type: "link", read: link },
};

const ENDINGS: Record<string, string[]> = {
  markdown: [".md", ".markdown"],
  text: [".txt", ".text", ".log", ".html", ".htm", ".xml", ".yaml", ".yml", ".toml", ".sql"],
  csv: [".csv"],
  tsv: [".tsv", ".tab"],
  json: [".json"],
  image: [".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".svg"],
  link: [".url"],
};

/** How the data of a type is read where no ending says it. */
const BY_TYPE: Record<string, Reading> = {
  markdown: written,
  text: written,
  link,
  image: picture,
  json,
  progress: json,
  table: (source) => (isJson(source) ? json(source) : table(source, ",")),
};

/**
 * What a file or standard input (`-`) holds. Its ending says how it is read; where that is text or not known, the type
 * that was given; else what is in it: JSON, or text. JSON is sent as it is written.
 * @throws Failure (usage) where it does not hold that
 */
export async function parseFile(name: string, bytes: Uint8Array, type: string | undefined): Promise<FileContent> {
  const source = { name: name === "-" ? "Standard input" : basename(name), bytes };
  const ending = name === "-" ? "" : extname(name).toLowerCase();
  const kind = KINDS[Object.keys(ENDINGS).find((each) => ENDINGS[each]?.includes(ending)) ?? ""];
  const byType = type === undefined ? undefined : BY_TYPE[type];
  if (kind) {
    // Text may hold anything: a number of a progress, the address of a link.
    const read = kind.read === written ? (byType ?? written) : kind.read;
    return { type: type ?? kind.type, text: await read(source) };
  }
  const read = byType ?? (isJson(source) ? json : written);
  return { type: type ?? (read === json ? "json" : "text"), text: await read(source) };
}

function decoded({ name, bytes }: Source): string {
  const text = decodeUtf8(bytes);
  if (text === null)
    throw usageError(`${name} is no UTF-8 text: convert it, or push it under the ending of what it is.`);
  return text;
}

function isJson({ bytes }: Source): boolean {
  return parseJson(decodeUtf8(bytes) ?? "") !== undefined;
}

function written(source: Source): string {
  return JSON.stringify(decoded(source));
}

function json(source: Source): string {
  const text = decoded(source);
  if (parseJson(text) === undefined) throw usageError(`${source.name} is no JSON.`);
  return text.trim();
}

function table(source: Source, separator: "," | "\t"): string {
  const text = csvToTableJson(decoded(source), separator);
  if (text === null) throw usageError(`${source.name} has a quote that is not closed, or text after one that is.`);
  return text;
}

/** An address alone, an Internet shortcut, or JSON of our own shape. */
function link(source: Source): string {
  const text = decoded(source).trim();
  if (/^\{/.test(text)) return json(source);
  const url = /^URL=(.*)$/m.exec(text)?.[1]?.trim() ?? text;
  if (!/^\S+$/.test(url) || !URL.canParse(url)) throw usageError(`${source.name} holds no address.`);
  return JSON.stringify({ url });
}

/** A picture as a data URL, or the address of one. */
async function picture({ name, bytes }: Source): Promise<string> {
  const text = decodeUtf8(bytes)?.trim() ?? "";
  if (/^(?:https?:|data:image\/)\S+$/.test(text)) return JSON.stringify(text);
  return JSON.stringify(
    await imageUrl(bytes).catch(() => {
      throw usageError(`${name} is no picture that is known by its beginning.`);
    }),
  );
}

/**
 * What a file of this data holds, given its JSON text: a text as it is, the bytes of a data URL, anything else as JSON.
 * @throws Failure (refused) for a text that no file of UTF-8 can hold
 */
export function dataAsFile(text: string): string | Uint8Array {
  const data = text.startsWith('"') ? parseJson(text) : undefined;
  if (typeof data !== "string") return text;
  const [, encoded] = /^data:image\/[^,]*;base64,(.*)$/s.exec(data) ?? [];
  if (encoded !== undefined) return Buffer.from(encoded, "base64");
  if (!data.isWellFormed())
    throw failedError("This text has a lone surrogate, which no file can hold: take it with --raw.");
  return data;
}

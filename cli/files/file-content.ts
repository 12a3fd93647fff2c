import { basename, extname } from "node:path";
import { imageUrl } from "#client/data";
import { parseJson } from "#contract/json";
import { failedError, usageError } from "../terminal/error";
import { decodeUtf8 } from "../terminal/input";
import { csvToTableJson } from "./csv-table";

/** What a file becomes when it is published: its type, and the JSON text of its data. */
export interface FileContent {
  type: string;
  text: string;
}

interface Source {
  name: string;
  bytes: Uint8Array;
}
type Reader = (source: Source) => string | Promise<string>;

const FORMATS: { type: string; extensions: string[]; read: Reader }[] = [
  { type: "markdown", extensions: [".md", ".markdown"], read: readText },
  {
    type: "text",
    extensions: [".txt", ".text", ".log", ".html", ".htm", ".xml", ".yaml", ".yml", ".toml", ".sql"],
    read: readText,
  },
  { type: "table", extensions: [".csv"], read: (source) => readTable(source, ",") },
  { type: "table", extensions: [".tsv", ".tab"], read: (source) => readTable(source, "\t") },
  { type: "json", extensions: [".json"], read: readJson },
  {
    type: "image",
    extensions: [".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".svg"],
    read: readImage,
  },
  { type: "link", extensions: [".url"], read: readLink },
];

/** How to read the data of a type where the extension does not say it. */
const READER_OF_TYPE: Record<string, Reader> = {
  markdown: readText,
  text: readText,
  link: readLink,
  image: readImage,
  json: readJson,
  progress: readJson,
  table: (source) => (isJson(source) ? readJson(source) : readTable(source, ",")),
};

/**
 * Reads a file or standard input (`-`). The extension selects the format; for text and unknown extensions the type does,
 * and without a type, valid JSON is JSON and the rest is text. JSON stays exactly as it is written.
 * @throws CliError (usage) if the content does not have that format
 */
export async function parseFile(name: string, bytes: Uint8Array, type: string | undefined): Promise<FileContent> {
  const source = { name: name === "-" ? "Standard input" : basename(name), bytes };
  const extension = name === "-" ? "" : extname(name).toLowerCase();
  const format = FORMATS.find(({ extensions }) => extensions.includes(extension));
  const readAsType = type === undefined ? undefined : READER_OF_TYPE[type];
  if (format) {
    // A text file may hold a progress value or the URL of a link.
    const read = format.read === readText ? (readAsType ?? readText) : format.read;
    return { type: type ?? format.type, text: await read(source) };
  }
  const read = readAsType ?? (isJson(source) ? readJson : readText);
  return { type: type ?? (read === readJson ? "json" : "text"), text: await read(source) };
}

function decode({ name, bytes }: Source): string {
  const text = decodeUtf8(bytes);
  if (text === null) throw usageError(`${name} is not UTF-8 text: convert it, or give the file the right extension.`);
  return text;
}

function isJson({ bytes }: Source): boolean {
  return parseJson(decodeUtf8(bytes) ?? "") !== undefined;
}

function readText(source: Source): string {
  return JSON.stringify(decode(source));
}

function readJson(source: Source): string {
  const text = decode(source);
  if (parseJson(text) === undefined) throw usageError(`${source.name} is not valid JSON.`);
  return text.trim();
}

function readTable(source: Source, separator: "," | "\t"): string {
  const text = csvToTableJson(decode(source), separator);
  if (text === null) throw usageError(`${source.name} has an unclosed quote, or text after a closing quote.`);
  return text;
}

/** A URL alone, a Windows Internet shortcut, or `{ "url": …, "text": … }`. */
function readLink(source: Source): string {
  const text = decode(source).trim();
  if (/^\{/.test(text)) return readJson(source);
  const url = /^URL=(.*)$/m.exec(text)?.[1]?.trim() ?? text;
  if (!/^\S+$/.test(url) || !URL.canParse(url)) throw usageError(`${source.name} does not contain a URL.`);
  return JSON.stringify({ url });
}

async function readImage({ name, bytes }: Source): Promise<string> {
  const text = decodeUtf8(bytes)?.trim() ?? "";
  if (/^(?:https?:|data:image\/)\S+$/.test(text)) return JSON.stringify(text);
  const url = await imageUrl(bytes).catch(() => {
    throw usageError(`${name} is not an image of a known format.`);
  });
  return JSON.stringify(url);
}

/**
 * The reverse, from the JSON text of data to the content of a file: strings as text, data URLs of images as their
 * bytes, anything else as JSON.
 * @throws CliError for a string that UTF-8 cannot hold
 */
export function dataAsFile(text: string): string | Uint8Array {
  const data = text.startsWith('"') ? parseJson(text) : undefined;
  if (typeof data !== "string") return text;
  const [, encoded] = /^data:image\/[^,]*;base64,(.*)$/s.exec(data) ?? [];
  if (encoded !== undefined) return Buffer.from(encoded, "base64");
  if (!data.isWellFormed()) {
    throw failedError("The text has a lone surrogate, which UTF-8 cannot encode; use --raw instead.");
  }
  return data;
}

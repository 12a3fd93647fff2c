import { basename, extname } from "node:path";
import { imageUrl } from "#client/data";
import { parseJson } from "#contract/json";
import { JsonSyntaxError, scanJson } from "#contract/json-scan";
import { failedError, usageError } from "../terminal/error";
import { binaryFile, hasBinaryBytes } from "./binary";
import { type CsvOptions, csvLayout, describeLayout } from "./csv-layout";
import { csvToTable } from "./csv-table";
import { type EncodedText, toUtf8 } from "./encoding";
import { expectShape } from "./shape";

/** What a file becomes when it is published. */
export interface FileContent {
  type: string;
  /** The JSON text of its data in UTF-8. */
  json: Uint8Array;
  /** What was detected in it or left out, for people; each begins with the name of the file. */
  notes: string[];
}

/** How to read a file; undefined is detected. */
export interface FileOptions extends CsvOptions {
  type?: string | undefined;
  encoding?: string | undefined;
}

interface Source {
  /** As messages name it. */
  name: string;
  bytes: Uint8Array;
  options: FileOptions;
}

/** Tab, line ends and space. */
const SPACES = [9, 10, 13, 32];

type Content = Omit<FileContent, "type">;
type Reader = (source: Source) => Content | Promise<Content>;

const FORMATS: { type: string; extensions: string[]; read: Reader }[] = [
  { type: "markdown", extensions: [".md", ".markdown"], read: readText },
  { type: "text", extensions: [".txt", ".text", ".html", ".htm"], read: readText },
  { type: "log", extensions: [".log"], read: readText },
  { type: "xml", extensions: [".xml"], read: readText },
  { type: "yaml", extensions: [".yaml", ".yml"], read: readText },
  { type: "toml", extensions: [".toml"], read: readText },
  { type: "sql", extensions: [".sql"], read: readText },
  { type: "mermaid", extensions: [".mmd", ".mermaid"], read: readText },
  { type: "jsonl", extensions: [".jsonl", ".ndjson"], read: readText },
  { type: "geojson", extensions: [".geojson"], read: readJson },
  { type: "sarif", extensions: [".sarif"], read: readJson },
  { type: "lcov", extensions: [".lcov"], read: readText },
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
  table: (source) => (jsonIn(source) ? readJson(source) : readTable(source, ",")),
};

/**
 * Reads a file or standard input (`-`). The extension selects the format; for text and unknown extensions the type does,
 * and without a type, valid JSON is JSON and the rest is text. JSON stays exactly as it is written.
 * @throws CliError (usage) for a file that is empty, binary, not of that format, or does not fit the type
 */
export async function parseFile(file: string, bytes: Uint8Array, options: FileOptions): Promise<FileContent> {
  const source = { name: file === "-" ? "Standard input" : basename(file), bytes, options };
  const { type, read } = formatOf(file, source);
  const content = await read(source);
  expectShape(source.name, type, content.json);
  return { type, ...content };
}

/** Whether the extension of a file says how to read it, other than as text. */
export function hasFormat(file: string): boolean {
  const extension = extname(file).toLowerCase();
  return FORMATS.some(({ extensions }) => extensions.includes(extension));
}

function formatOf(file: string, source: Source): { type: string; read: Reader } {
  const { type } = source.options;
  const extension = file === "-" ? "" : extname(file).toLowerCase();
  const format = FORMATS.find(({ extensions }) => extensions.includes(extension));
  const readAsType = type === undefined ? undefined : READER_OF_TYPE[type];
  if (format) {
    // A text file may hold a progress value or the URL of a link.
    const read = format.read === readText ? (readAsType ?? readText) : format.read;
    return { type: type ?? format.type, read };
  }
  const read = readAsType ?? (jsonIn(source) ? readJson : readText);
  return { type: type ?? (read === readJson ? "json" : "text"), read };
}

/** The text of a file. @throws CliError (usage) for an empty or binary one; the types of text allow control characters */
function decode({ name, bytes, options }: Source): EncodedText {
  const text = toUtf8(name, bytes, options.encoding);
  const allowsBinary = options.type === "text" || options.type === "markdown";
  if (!text || (hasBinaryBytes(text.utf8) && !allowsBinary)) throw binaryFile(name, bytes);
  if (text.utf8.every((byte) => SPACES.includes(byte))) throw usageError(`${name} is empty.`);
  return text;
}

function encodingNotes({ name, options }: Source, encoding: string): string[] {
  if (encoding === "utf-8" || options.encoding !== undefined) return [];
  return [`${name}: read as ${encoding}; to read it otherwise, use --encoding.`];
}

function jsonIn(source: Source): boolean {
  const text = toUtf8(source.name, source.bytes, source.options.encoding);
  return text !== null && parseJson(Buffer.from(text.utf8).toString()) !== undefined;
}

function readText(source: Source): Content {
  const { utf8, encoding } = decode(source);
  return content(Buffer.from(utf8).toString(), encodingNotes(source, encoding));
}

function content(data: unknown, notes: string[] = []): Content {
  return { json: Buffer.from(JSON.stringify(data)), notes };
}

function readJson(source: Source): Content {
  const { utf8, encoding } = decode(source);
  const text = Buffer.from(utf8).toString();
  if (parseJson(text) === undefined) throw invalidJson(source.name, text);
  return { json: Buffer.from(text.trim()), notes: encodingNotes(source, encoding) };
}

function invalidJson(name: string, text: string) {
  try {
    scanJson(text, []);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const lines = text.slice(0, error.position).split("\n");
    const place = `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
    return usageError(`${name}, ${place}: invalid JSON, expected ${error.expected}.`);
  }
  return usageError(`${name} is not valid JSON.`);
}

function readTable(source: Source, usual: "," | "\t"): Content {
  const { name, options } = source;
  const { utf8, encoding } = decode(source);
  const layout = csvLayout(utf8, options, usual);
  const { json, notes } = csvToTable(name, utf8, layout);
  const detected = describeLayout(layout, options, usual);
  return {
    json,
    notes: [...encodingNotes(source, encoding), ...[...detected, ...notes].map((note) => `${name}: ${note}.`)],
  };
}

/** A URL alone, a Windows Internet shortcut, or `{ "url": …, "text": … }`. */
function readLink(source: Source): Content {
  const text = Buffer.from(decode(source).utf8).toString().trim();
  if (/^\{/.test(text)) return readJson(source);
  const url = /^URL=(.*)$/m.exec(text)?.[1]?.trim() ?? text;
  if (!/^\S+$/.test(url) || !URL.canParse(url)) throw usageError(`${source.name} does not contain a URL.`);
  return content({ url });
}

async function readImage({ name, bytes }: Source): Promise<Content> {
  if (bytes.length === 0) throw usageError(`${name} is empty.`);
  const text = Buffer.from(bytes).toString().trim();
  if (/^(?:https?:|data:image\/)\S+$/.test(text)) return content(text);
  const url = await imageUrl(bytes).catch(() => {
    throw usageError(`${name} is not an image of a known format.`);
  });
  return content(url);
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

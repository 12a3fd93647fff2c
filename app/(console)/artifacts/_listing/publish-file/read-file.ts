import { utf16Mark } from "#formats/delimited/encoding";
import { indexJsonText } from "#formats/json-index";
import { jsonProblem, positionText } from "#formats/json-problem";
import { pluralize } from "#formats/number";
import { runToEnd } from "#formats/steps";
import { readTable } from "#formats/table";
import { delimitedTable } from "./delimited-table";

/** What a file can be published as: a type and the JSON text of its data, with what is in it. */
export interface Reading {
  type: string;
  json: string;
  /** `12 rows, 3 columns`; null where nothing can be said. */
  content: string | null;
}

/** The first bytes of images, as Latin-1. */
const IMAGES: [RegExp, string][] = [
  [/^\x89PNG/, "png"],
  [/^\xff\xd8\xff/, "jpeg"],
  [/^GIF8/, "gif"],
  [/^RIFF.{4}WEBP/s, "webp"],
  [/^.{4}ftypavi[fs]/s, "avif"],
  [/^BM/, "bmp"],
  [/^(?:\xef\xbb\xbf)?\s*(?:<[?!][^>]*>\s*)*<svg[\s>]/, "svg+xml"],
];

/** Control characters that no text has, but for tab, line ends, form feed and escape. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const BINARY = /[\0-\x08\x0e-\x1a\x1c-\x1f]/;

/** A multiple of three, so that the parts of base64 join. */
const BASE64_PART = 3 * 8192;

/**
 * What a file can be published as, the likeliest first: an image by its first bytes, a table or markdown by its extension,
 * JSON, and any other text.
 * @throws Error with a sentence for people, if it is empty, not JSON despite its extension, or neither text nor image
 */
export function readFile(name: string, bytes: Uint8Array): Reading[] {
  if (bytes.length === 0) throw new Error(`${name} is empty.`);
  const start = String.fromCharCode(...bytes.subarray(0, 1024));
  const image = IMAGES.find(([signature]) => signature.test(start));
  if (image) return [{ type: "image", json: `"data:image/${image[1]};base64,${base64(bytes)}"`, content: null }];
  const text = decode(bytes);
  if (text === null) throw new Error(`${name} is neither text, a table, JSON nor an image.`);
  if (text.trim() === "") throw new Error(`${name} is empty.`);
  const extension = /\.[a-z]+$/.exec(name.toLowerCase())?.[0];
  const texts = ["text", "markdown"].map((type) => ({ type, json: JSON.stringify(text), content: null }));
  if (extension === ".md" || extension === ".markdown") return texts.toReversed();
  if (extension === ".csv" || extension === ".tsv" || extension === ".tab") {
    const table = delimitedTable(text, extension === ".csv" ? "," : "\t");
    return table ? [{ type: "table", json: table.json, content: sizeOf(table.rows, table.columns) }, ...texts] : texts;
  }
  const problem = jsonProblem(text);
  if (problem === null) return [...jsonReadings(text.trim()), ...(extension === ".json" ? [] : texts)];
  if (extension !== ".json") return texts;
  const place = problem.at === null ? "" : `, ${positionText(text, problem.at)}`;
  throw new Error(`${name} is not JSON${place}: ${problem.message}.`);
}

/** A list of rows is a table before it is JSON. */
function jsonReadings(json: string): Reading[] {
  const reading = { type: "json", json, content: null };
  try {
    const table = /^[[{]/.test(json) ? runToEnd(readTable(indexJsonText(json))) : null;
    if (!table || table.rows === 0) return [reading];
    const asTable = { type: "table", json, content: sizeOf(table.rows, table.columns.length) };
    return json.startsWith("[") ? [asTable, reading] : [reading, asTable];
  } catch {
    // It has too many values for an index.
    return [reading];
  }
}

function sizeOf(rows: number, columns: number): string {
  return `${pluralize(rows, "row")}, ${pluralize(columns, "column")}`;
}

/** By the byte order mark, else UTF-8, else the common encoding of Western Europe; null for binary data. */
function decode(bytes: Uint8Array): string | null {
  const marked = utf16Mark(bytes);
  for (const encoding of marked ? [marked] : ["utf-8", "windows-1252"]) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return BINARY.test(text) ? null : text;
    } catch {
      // Not in this encoding.
    }
  }
  return null;
}

function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += BASE64_PART) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + BASE64_PART))));
  }
  return parts.join("");
}

/** The name of a file without its extension as a key: `Größe 2.csv` is `grosse-2`. */
export function keyOfFile(name: string): string {
  const letters = name
    .replace(/\.[^.]*$/, "")
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .replaceAll("ß", "ss")
    .toLowerCase();
  return letters.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

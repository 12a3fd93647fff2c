import type { Json } from "#contract/json";
import { itemsOf, joined, membersOf } from "./text";

/** What a cell put out, in the form that is shown. */
export type Output =
  | { kind: "text"; text: string; isError: boolean }
  | { kind: "image"; src: string; size: { width?: number; height?: number } }
  | { kind: "markdown"; text: string }
  | { kind: "math"; text: string }
  /** `text`: the same in plain text; null where there is none. */
  | { kind: "html"; html: string; text: string | null }
  /** JSON text, by the viewer for a type of artifacts. */
  | { kind: "data"; type: string | null; json: string; image: string | null }
  | { kind: "unknown"; mediaTypes: string[] };

/** Where a type is shown by a viewer of data. */
const DATA_TYPES: [RegExp, string | null][] = [
  [/^application\/vnd\.vegalite\.v\d+(?:\.\d+)*\+json$/, "vega-lite"],
  [/^application\/vnd\.vega\.v\d+(?:\.\d+)*\+json$/, "vega"],
  [/^application\/vnd\.plotly\.v\d+\+json$/, "plotly"],
  [/^application\/geo\+json$/, "geojson"],
];
const IMAGES = ["image/png", "image/jpeg", "image/gif", "image/webp"];
const BASE64 = /^[A-Za-z0-9+/=\s]*$/;
/** What Python writes instead of an object, which says nothing. */
const PLACEHOLDER = /^<IPython\.core\.display\.\w+ object>$/;

/** The outputs of a cell, each by the richest of its forms; a stream in pieces as one. */
export function readOutputs(data: Json | undefined): Output[] {
  const outputs: Output[] = [];
  let stream: { name: Json | undefined; output: Extract<Output, { kind: "text" }> } | undefined;
  for (const item of itemsOf(data)) {
    const { output_type: type, ...output } = membersOf(item);
    if (type !== "stream") {
      stream = undefined;
      outputs.push(type === "error" ? errorOf(output) : displayOf(output));
      continue;
    }
    const { name } = output;
    const text = joined(output.text) ?? "";
    if (stream && stream.name === name) {
      stream.output.text += text;
      continue;
    }
    stream = { name, output: { kind: "text", text, isError: name === "stderr" } };
    outputs.push(stream.output);
  }
  return outputs;
}

function errorOf({ traceback, ename, evalue }: { [name: string]: Json }): Output {
  const lines = itemsOf(traceback).filter((line) => typeof line === "string");
  const summary = [ename, evalue].filter((part) => typeof part === "string" && part !== "").join(": ");
  return { kind: "text", text: lines.length > 0 ? lines.join("\n") : summary, isError: true };
}

function displayOf(output: { [name: string]: Json }): Output {
  const forms = membersOf(output.data);
  const size = sizeOf(forms, membersOf(output.metadata));
  const image = imageOf(forms);
  for (const [types, type] of DATA_TYPES) {
    const name = Object.keys(forms).find((each) => types.test(each));
    if (name !== undefined) return { kind: "data", type, json: JSON.stringify(forms[name]), image };
  }
  if (image !== null) return { kind: "image", src: image, size };
  const [markdown, latex, html, plain] = ["text/markdown", "text/latex", "text/html", "text/plain"].map((name) =>
    joined(forms[name]),
  );
  const text = plain != null && !PLACEHOLDER.test(plain.trim()) ? plain : null;
  if (markdown != null) return { kind: "markdown", text: markdown };
  if (latex != null) return { kind: "math", text: latex };
  if (html != null) return { kind: "html", html, text };
  const json = forms["application/json"];
  if (json !== undefined) return { kind: "data", type: null, json: JSON.stringify(json), image: null };
  if (text !== null || plain != null) return { kind: "text", text: text ?? plain ?? "", isError: false };
  return { kind: "unknown", mediaTypes: Object.keys(forms) };
}

/** An image as a data URL: a browser runs nothing within it, which SVG could contain. */
export function imageOf(forms: { [name: string]: Json }): string | null {
  for (const name of IMAGES) {
    const encoded = joined(forms[name]);
    if (encoded !== null && BASE64.test(encoded)) return `data:${name};base64,${encoded.replace(/\s+/g, "")}`;
  }
  const svg = joined(forms["image/svg+xml"]);
  return svg === null ? null : `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg.toWellFormed())}`;
}

/** In pixels, as the metadata of an image has it. */
function sizeOf(forms: { [name: string]: Json }, metadata: { [name: string]: Json }) {
  const name = [...IMAGES, "image/svg+xml"].find((each) => each in forms);
  const { width, height } = { ...metadata, ...membersOf(name === undefined ? undefined : metadata[name]) };
  const isSize = (value: Json | undefined) => typeof value === "number" && value > 0 && value < 10_000;
  return {
    ...(isSize(width) && { width: Number(width) }),
    ...(isSize(height) && { height: Number(height) }),
  };
}

/** In characters, of HTML that markdown may have. */
const MAX_HTML = 1_000_000;
/** What says nothing without its scripts or styles. */
const NEEDS_MORE = /<(?:script|iframe|svg|canvas|form|button|select|object|embed|video|audio)\b/i;
const STYLE = /<style\b/i;
const TABLE = /<table\b/i;

/** Whether HTML is as readable with the elements that markdown may have: tables and text. */
export function fitsMarkdown(html: string): boolean {
  if (html.length > MAX_HTML || NEEDS_MORE.test(html)) return false;
  return TABLE.test(html) || !STYLE.test(html);
}

/** Whether HTML has styles that show something, which markdown leaves out; those of every table of pandas are scoped. */
export function hasOwnStyles(html: string): boolean {
  for (const [tag] of html.matchAll(/<style\b[^<>]*/gi)) if (!/\bscoped\b/i.test(tag)) return true;
  return false;
}

/** HTML as a block of markdown, which no blank line may end. */
export function markdownOfHtml(html: string): string {
  const lines = html.split(/\r\n|[\r\n]/).filter((line) => line.trim() !== "");
  return `<div>\n${lines.join("\n")}\n</div>`;
}

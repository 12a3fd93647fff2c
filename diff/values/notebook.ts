import type { Json } from "#contract/json";
import { type Cell, readNotebook } from "#formats/notebook/notebook";
import { fitsMarkdown, type Output } from "#formats/notebook/output";
import type { DocumentPart, PartedDocument, PartOutput } from "./document";

/** A notebook as its cells with their outputs; null for other data. */
export function notebookDocument(data: Json): PartedDocument | null {
  const notebook = readNotebook(data);
  return notebook && { noun: "cell", parts: Array.from(notebook.cells, partOf) };
}

function partOf(cell: Cell): DocumentPart {
  return {
    id: cell.id,
    kind: cell.kind,
    text: cell.source,
    output: partOutputOf(cell),
  };
}

function partOutputOf(cell: Cell): PartOutput | null {
  if (cell.kind === "code") return outputOf(cell.outputs);
  return cell.kind === "markdown" ? { text: "", html: "", images: Object.values(cell.attachments) } : null;
}

function outputOf(outputs: Output[]): PartOutput {
  const texts = outputs.flatMap((output) => textOf(output) ?? []);
  const images = outputs.flatMap((output) => imageOf(output) ?? []);
  const html = outputs.flatMap((output) => shownHtmlOf(output) ?? []).join("\n");
  return { text: texts.map((text) => text.replace(/\n$/, "")).join("\n"), html, images };
}

function imageOf(output: Output): string | null {
  if (output.kind === "image") return output.src;
  return output.kind === "data" ? output.image : null;
}

/** Null of an output that is compared as an image. */
function textOf(output: Output): string | null {
  switch (output.kind) {
    case "text":
      return withoutAddresses(withoutColours(output.text));
    case "markdown":
    case "math":
      return output.text;
    case "html":
      return withoutAddresses(output.text ?? output.html);
    case "data":
      return JSON.stringify(JSON.parse(output.json), null, 2);
    case "image":
      return null;
    case "unknown":
      return output.mediaTypes.join(", ");
  }
}

/** Colours of terminals, as tracebacks have. */
function withoutColours(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape begins a sequence
  return text.replace(/\u001b\[[\d;]*m/g, "");
}

/** Addresses of objects, as Python writes `<Line2D at 0x7f0a>`, which are others at each run. */
function withoutAddresses(text: string): string {
  return text.replace(/\bat 0x[0-9a-f]+/gi, "at 0x…");
}

/** Null of an output that has no HTML beside its text, or is shown by the text. */
function shownHtmlOf(output: Output): string | null {
  if (output.kind !== "html" || output.text === null || !fitsMarkdown(output.html)) return null;
  return withoutAddresses(withoutNames(output.html));
}

/** HTML without its styles and the names that they use, which pandas makes up at each run. */
function withoutNames(html: string): string {
  return html
    .replace(/<style\b[^<>]*>[^<]*<\/style>/gi, "")
    .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\s(?:id|class)="[^"]*"/gi, ""));
}

import { plainLine } from "../../../_list/first-line";

/** A line of markdown as it reads, without its syntax. */
interface PreviewLine {
  kind: "heading" | "item" | "code" | "quote" | "text";
  text: string;
}

const RULE = /^\s*(?:[-*_]\s*){3,}$|^\s*\|?[\s:|-]+\|[\s:|-]*$/;
const FENCE = /^\s*(?:```|~~~)/;

/** The first lines of markdown that have text: enough for a card, where blocks need not be exact. */
export function previewLines(markdown: string, atMost: number): PreviewLine[] {
  const lines: PreviewLine[] = [];
  let isCode = false;
  for (const raw of markdown.split("\n")) {
    if (lines.length === atMost) break;
    if (FENCE.test(raw)) {
      isCode = !isCode;
      continue;
    }
    if (isCode) {
      if (raw.trim()) lines.push({ kind: "code", text: raw });
      continue;
    }
    if (RULE.test(raw)) continue;
    const text = plainLine(withoutMarks(raw));
    if (text) lines.push({ kind: kindOf(raw), text });
  }
  return lines;
}

/** A line without the number of an item, and with dots between the cells of a row. */
function withoutMarks(line: string): string {
  const row = /^\s*\|(.*)\|\s*$/.exec(line)?.[1];
  return row === undefined ? line.replace(/^\s*\d+[.)]\s/, "") : row.replaceAll("|", "·");
}

function kindOf(line: string): PreviewLine["kind"] {
  if (/^\s*#{1,6}\s/.test(line)) return "heading";
  if (/^\s*(?:[-*+]|\d+[.)])\s/.test(line)) return "item";
  return /^\s*>/.test(line) ? "quote" : "text";
}

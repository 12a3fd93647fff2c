/** In characters; only the last segment may be shorter. */
const MIN_LENGTH = 8_000;
/** The info string of a fence of backticks has no backtick; a closing fence has no info string. */
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const FENCE_END = /^ {0,3}(`{3,}|~{3,})[ \t\r]*$/;
/** A line that may continue a block from before an empty line. */
const CONTINUES = /^(?:[ \t>]|[-*+] |\d{1,9}[.)] |\[\^)/;
const HTML_OPENS = /<!--|<(?:script|pre|style|textarea)\b/gi;
const HTML_CLOSES = /-->|<\/(?:script|pre|style|textarea)>/gi;
const DEFINITION = /^ {0,3}\[([^\]^\n][^\]\n]*)\]:[ \t]*\S.*$/gm;

export interface Segment {
  /** The text of the segment, followed by the link definitions that it refers to. */
  text: string;
  /** The offset of its end in the document. */
  end: number;
}

/**
 * Splits a document into parts that can be parsed on their own. It is split before an unindented paragraph or heading
 * after an empty line, outside code and raw HTML. A document with footnotes stays whole, since they are numbered
 * throughout.
 */
export function* segmentsOf(text: string): Generator<Segment, void> {
  const definitions = definitionsIn(text);
  const hasFootnotes = /^\[\^[^\]]+\]:/m.test(text);
  let start = 0;
  let fence: string | null = null;
  let empty = false;
  for (let at = 0; at < text.length; ) {
    const next = text.indexOf("\n", at);
    const line = text.slice(at, next < 0 ? text.length : next);
    const mayStart = empty && fence === null && !CONTINUES.test(line) && line.trim() !== "";
    if (mayStart && !hasFootnotes && at - start >= MIN_LENGTH) {
      const part = text.slice(start, at);
      if (!endsInHtml(part)) {
        yield { text: part + definitionsFor(part, definitions), end: at };
        start = at;
      }
    }
    if (fence === null) fence = FENCE.exec(line)?.[1] ?? null;
    else if (FENCE_END.exec(line)?.[1]?.startsWith(fence)) fence = null;
    empty = line.trim() === "";
    at = next < 0 ? text.length : next + 1;
  }
  const part = text.slice(start);
  yield { text: part + (start === 0 ? "" : definitionsFor(part, definitions)), end: text.length };
}

function endsInHtml(part: string): boolean {
  return (part.match(HTML_OPENS)?.length ?? 0) > (part.match(HTML_CLOSES)?.length ?? 0);
}

function definitionsIn(text: string): [label: string, line: string][] {
  return [...text.matchAll(DEFINITION)].map(([line, label = ""]) => [`[${label.toLowerCase()}]`, line]);
}

function definitionsFor(part: string, definitions: [string, string][]): string {
  if (definitions.length === 0) return "";
  const lower = part.toLowerCase();
  const used = definitions.filter(([label]) => lower.includes(label)).map(([, line]) => line);
  return used.length === 0 ? "" : `\n\n${used.join("\n")}\n`;
}

const AT_LEAST = 8_000;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const CONTINUES = /^(?:[ \t>]|[-*+] |\d{1,9}[.)] |\[\^)/;
const OPENS = /<!--|<(?:script|pre|style|textarea)\b/gi;
const CLOSES = /-->|<\/(?:script|pre|style|textarea)>/gi;
const DEFINITION = /^ {0,3}\[([^\]^\n][^\]\n]*)\]:[ \t]*\S.*$/gm;

/** A part of a document that can be read by itself: its text with the definitions that it refers to, and where it ends. */
export interface Segment {
  text: string;
  end: number;
}

/**
 * Cuts a document where a block surely ends: before a paragraph or heading that stands at the margin after an empty
 * line, outside of code and raw HTML. Footnotes belong to all of it, so a document with some stays whole.
 */
export function* segmentsOf(text: string): Generator<Segment, void> {
  const definitions = definitionsIn(text);
  const whole = /^\[\^[^\]]+\]:/m.test(text);
  let start = 0;
  let fence: string | null = null;
  let empty = false;
  for (let at = 0; at < text.length; ) {
    const next = text.indexOf("\n", at);
    const line = text.slice(at, next < 0 ? text.length : next);
    if (!whole && empty && fence === null && at - start >= AT_LEAST && !CONTINUES.test(line) && line.trim() !== "") {
      const part = text.slice(start, at);
      if (!isOpen(part)) {
        yield { text: part + refersTo(part, definitions), end: at };
        start = at;
      }
    }
    const mark = FENCE.exec(line)?.[1];
    if (mark !== undefined) {
      if (fence === null) fence = mark;
      else if (mark.startsWith(fence)) fence = null;
    }
    empty = line.trim() === "";
    at = next < 0 ? text.length : next + 1;
  }
  const part = text.slice(start);
  yield { text: part + (start === 0 ? "" : refersTo(part, definitions)), end: text.length };
}

function isOpen(part: string): boolean {
  return (part.match(OPENS)?.length ?? 0) > (part.match(CLOSES)?.length ?? 0);
}

function definitionsIn(text: string): [label: string, line: string][] {
  return [...text.matchAll(DEFINITION)].map(([line, label = ""]) => [`[${label.toLowerCase()}]`, line]);
}

function refersTo(part: string, definitions: [string, string][]): string {
  if (definitions.length === 0) return "";
  const lower = part.toLowerCase();
  const used = definitions.filter(([label]) => lower.includes(label)).map(([, line]) => line);
  return used.length === 0 ? "" : `\n\n${used.join("\n")}\n`;
}

import type { RootContent } from "hast";
import { type Block, nodeOf } from "../parse/block";
import { elementsIn, textIn } from "../parse/tree";

export interface Heading {
  /** Of its element. */
  id: string;
  title: string;
  /** As it was written: 1 to 6. */
  depth: number;
}

export interface OutlineEntry extends Heading {
  /** How far it is indented: 0 for headings of the highest level that occurs. */
  indent: number;
}

/** A document with fewer headings has no outline. */
export const MIN_HEADINGS = 4;
/** Of longer outlines the lowest levels are left out. */
const MAX_ENTRIES = 500;
const MAX_INDENT = 4;

/** Lines that are headings, unless they are within code. */
const HEADING_LINE = /^ {0,3}#{1,6}[ \t]+\S|^ {0,3}(?:=+|-+)[ \t]*$|<h[1-6][\s>]/gim;

/** Whether a text that is not parsed yet seems to have enough headings for an outline. */
export function mayHaveOutline(text: string): boolean {
  let count = 0;
  for (const _ of text.matchAll(HEADING_LINE)) {
    count += 1;
    if (count >= MIN_HEADINGS) return true;
  }
  return false;
}

const found = new WeakMap<readonly Block[], Heading[]>();

/** The headings of the groups of a long document, each of which is searched once. */
export function headingsOfGroups(groups: readonly Block[][]): Heading[] {
  return groups.flatMap((group) => {
    const known = found.get(group);
    if (known) return known;
    const headings = headingsOf(group.flatMap((block) => nodeOf(block) ?? []));
    found.set(group, headings);
    return headings;
  });
}

/** The headings that can be gone to, in order. */
export function headingsOf(nodes: readonly RootContent[]): Heading[] {
  const headings: Heading[] = [];
  for (const node of nodes) {
    for (const element of elementsIn(node)) {
      const { id, className } = element.properties;
      if (!/^h[1-6]$/.test(element.tagName) || typeof id !== "string" || !Array.isArray(className)) continue;
      const depth = className.map((name) => /^depth-([1-6])$/.exec(String(name))?.[1]).find(Boolean);
      const title = textIn(element).trim();
      // That of footnotes is for screen readers only.
      if (depth === undefined || title === "" || className.includes("sr-only")) continue;
      headings.push({ id, title, depth: Number(depth) });
    }
  }
  return headings;
}

/** The entries of an outline, and how many headings it leaves out. */
export function outlineOf(headings: readonly Heading[]): { entries: OutlineEntry[]; left: number } {
  let shown = headings;
  for (let depth = 6; shown.length > MAX_ENTRIES && depth > 1; depth -= 1) {
    const higher = shown.filter((heading) => heading.depth < depth);
    if (higher.length < MIN_HEADINGS) break;
    shown = higher;
  }
  shown = shown.slice(0, MAX_ENTRIES);
  const levels = [...new Set(shown.map(({ depth }) => depth))].toSorted();
  const entries = shown.map((heading) => ({ ...heading, indent: Math.min(levels.indexOf(heading.depth), MAX_INDENT) }));
  return { entries, left: headings.length - shown.length };
}

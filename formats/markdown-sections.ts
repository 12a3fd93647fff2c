import type { Nodes, Root, RootContent } from "mdast";
import { parseMarkdown } from "./markdown";

/** In characters. The parser keeps events for each character, so that a long text takes more than its share of time. */
const SECTION = 10_000;
/** The start of a line that, after an empty line, ends every quote, list and paragraph. */
const SECTION_START = /\n[ \t]*\r?\n(?!\[\^)(?=[^\s\d*+\->`~])/g;
const FENCE = /^[ \t>]*(?:`{3,}|~{3,})/gm;
const LABEL = /\[((?:[^[\]\\]|\\[\s\S])+)\](:?)/g;
/** Follows a section while it is parsed, to see whether a fence or comment is still open at its end. */
const PARAGRAPH = "x";

interface Section {
  from: number;
  to: number;
  /** Keys of the definitions outside the section that it was parsed with. */
  definitions: string[];
  tree: Root;
}

/** The same tree as of `parseMarkdown`, in less time for long texts: sections are parsed one by one and joined. */
export function parseLongMarkdown(text: string, size = SECTION): Root {
  // The parser does not count a byte order mark, so that all offsets differ by one.
  if (text.length <= size || text.startsWith("\ufeff")) return parseMarkdown(text);
  const mayBeDefined = byLooseKey(labelsIn(text).flatMap(({ label, defines }) => (defines ? keyOf(label) : [])));
  const sections: Section[] = [];
  for (let from = 0; from < text.length; from = sections.at(-1)?.to ?? text.length)
    sections.push(parseSection(text, from, size, mayBeDefined));
  const defined = byLooseKey(sections.flatMap(({ tree }) => definitionsIn(tree)));
  const trees = sections.map(({ from, to, definitions, tree }) => {
    const needed = neededBy(text.slice(from, to), defined);
    const isRight = needed.length === definitions.length && needed.every((key) => definitions.includes(key));
    return isRight ? tree : (parsed(text, from, to, needed) ?? tree);
  });
  return joined(trees);
}

/** Parses the section that starts at an offset, and ends where no block is open. */
function parseSection(text: string, from: number, size: number, mayBeDefined: Map<string, string[]>): Section {
  for (let length = size; ; length *= 2) {
    const to = nextStart(text, from, from + length);
    const definitions = neededBy(text.slice(from, to), mayBeDefined);
    const tree = parsed(text, from, to, definitions);
    if (tree) return { from, to, definitions, tree };
  }
}

/** The first offset from `at` where a section may start, not within the fences after `from` if they are in pairs. */
function nextStart(text: string, from: number, at: number): number {
  SECTION_START.lastIndex = at;
  for (let match = SECTION_START.exec(text); match; match = SECTION_START.exec(text)) {
    const to = match.index + match[0].length;
    if ((text.slice(from, to).match(FENCE)?.length ?? 0) % 2 === 0) return to;
    if (to - at > SECTION) return to;
  }
  return text.length;
}

/** Parses a section as a part of the text; null if one of its blocks goes on after it. */
function parsed(text: string, from: number, to: number, definitions: string[]): Root | null {
  // A footnote would take indented lines after it.
  const prefix = definitions.length > 0 ? [...definitions.map((key) => `[${key}]: x`), PARAGRAPH, ""].join("\n\n") : "";
  const end = prefix.length + to - from;
  const { children } = parseMarkdown(prefix + text.slice(from, to) + (to < text.length ? PARAGRAPH : ""));
  if (to < text.length && children.findLast((node) => offsetOf(node) === end)?.type !== "paragraph") return null;
  const own = children.filter((node) => offsetOf(node) >= prefix.length && offsetOf(node) < end);
  const tree: Root = { type: "root", children: own };
  move(tree, from - prefix.length);
  return tree;
}

function offsetOf({ position }: RootContent): number {
  return position?.start.offset ?? 0;
}

function move(root: Root, by: number): void {
  for (const { position } of nodesIn(root))
    for (const point of position ? [position.start, position.end] : [])
      if (point.offset !== undefined) point.offset += by;
}

function joined(trees: Root[]): Root {
  return { type: "root", children: trees.flatMap(({ children }) => children) };
}

function labelsIn(text: string): { label: string; defines: boolean }[] {
  return Array.from(text.matchAll(LABEL), ([, label = "", colon]) => ({ label, defines: colon === ":" }));
}

/** How the parser identifies a definition. */
function keyOf(label: string): string {
  return label.replace(/\s+/g, " ").trim().toLowerCase().toUpperCase().toLowerCase();
}

/** Equal for labels that are the same but for the prefixes of their lines in quotes and lists. */
function looseKeyOf(label: string): string {
  return keyOf(label).replace(/[\s>]+/g, "");
}

function byLooseKey(keys: string[]): Map<string, string[]> {
  const map = new Map<string, string[]>();
  for (const key of new Set(keys)) map.set(looseKeyOf(key), [...(map.get(looseKeyOf(key)) ?? []), key]);
  return map;
}

function neededBy(section: string, definitions: Map<string, string[]>): string[] {
  if (definitions.size === 0) return [];
  const keys = new Set(labelsIn(section).map(({ label }) => looseKeyOf(label)));
  return [...keys].flatMap((key) => definitions.get(key) ?? []);
}

function definitionsIn(root: Root): string[] {
  return Array.from(nodesIn(root)).flatMap((node) => {
    if (node.type === "definition") return [node.identifier];
    return node.type === "footnoteDefinition" ? [`^${node.identifier}`] : [];
  });
}

function* nodesIn(root: Nodes): Generator<Nodes, void> {
  const stack: Nodes[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    yield node;
    if ("children" in node) stack.push(...node.children);
  }
}

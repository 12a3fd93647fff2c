import { marksOf } from "#formats/search/marks";
import type { ParsedTerm } from "#formats/search/term";
import type { Pace } from "#formats/steps";

/** Elements within a line of text. */
const INLINE = new Set(
  "A ABBR B BDI BDO BUTTON CITE CODE DEL EM FONT I INS KBD LABEL MARK Q S SAMP SMALL SPAN STRONG SUB SUP TIME TT U VAR".split(
    " ",
  ),
);
const MARKED = "find";
const MARKED_NOW = "find-now";

/** Where rendered text has what terms find. */
export interface PageMatch {
  range: Range;
  /** Whether it is in data that is rendered as a whole, in the description, or in the part of data that is rendered. */
  part: "data" | "about" | "rendered";
}

/** The text of a block, in pieces. */
interface Line {
  text: string;
  nodes: { node: Text; from: number }[];
}

/** An element whose text is found has `data-find` with what it is. */
export function* findInPage(
  root: HTMLElement,
  terms: readonly ParsedTerm[],
  pace: Pace,
  atMost: number,
): Generator<void, PageMatch[]> {
  const matches: PageMatch[] = [];
  for (const element of root.querySelectorAll<HTMLElement>("[data-find]")) {
    const part = element.dataset.find;
    if (element.parentElement?.closest("[data-find]")) continue;
    for (const line of linesIn(element)) {
      if (pace.isDue(line.text.length + 1)) yield;
      for (const [from, to] of yield* marksOf(line.text, terms, false, atMost, pace)) {
        const range = rangeOf(line, from, to);
        matches.push({ range, part: part === "about" || part === "rendered" ? part : "data" });
        if (matches.length === atMost) return matches;
      }
    }
  }
  return matches;
}

function* linesIn(root: HTMLElement): Generator<Line> {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let block: Element | null = null;
  let line: Line = { text: "", nodes: [] };
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    // A formula is there twice: as it is read out, and as it is shown.
    if (!(node instanceof Text) || node.parentElement?.closest(".sr-only, .katex-mathml")) continue;
    const around = blockOf(node, root);
    if (around !== block && line.nodes.length > 0) {
      yield line;
      line = { text: "", nodes: [] };
    }
    block = around;
    line.nodes.push({ node, from: line.text.length });
    line.text += node.data;
  }
  if (line.nodes.length > 0) yield line;
}

function blockOf(node: Text, root: Element): Element | null {
  let element = node.parentElement;
  while (element && element !== root && INLINE.has(element.tagName)) element = element.parentElement;
  return element;
}

function rangeOf({ nodes }: Line, from: number, to: number): Range {
  const range = new Range();
  for (const { node, from: start } of nodes) {
    if (start <= from && from <= start + node.length) range.setStart(node, from - start);
    if (start < to && to <= start + node.length) range.setEnd(node, to - start);
  }
  return range;
}

/** Marks matches without changing the document, in browsers that can; `now` is the one that was gone to. */
export function highlight(matches: readonly PageMatch[], now: Range | null): void {
  if (!("highlights" in CSS)) return;
  CSS.highlights.set(MARKED, new Highlight(...matches.map(({ range }) => range)));
  const current = new Highlight(...(now ? [now] : []));
  current.priority = 1;
  CSS.highlights.set(MARKED_NOW, current);
}

export function clearHighlights(): void {
  if (!("highlights" in CSS)) return;
  CSS.highlights.delete(MARKED);
  CSS.highlights.delete(MARKED_NOW);
}

/** Scrolls what is around a range, and the page, so that it is in the middle, unless it is in sight. */
export function reveal(range: Range): void {
  const { endContainer } = range;
  for (let element = endContainer.parentElement; element; element = element.parentElement) {
    if (element === document.documentElement || element === document.body) continue;
    const { overflowY } = getComputedStyle(element);
    if (element.scrollHeight <= element.clientHeight || !/auto|scroll/.test(overflowY)) continue;
    const around = element.getBoundingClientRect();
    const { top, bottom } = range.getBoundingClientRect();
    if (top < around.top || bottom > around.bottom) {
      element.scrollTop += (top + bottom) / 2 - (around.top + around.bottom) / 2;
    }
  }
  const { top, bottom } = range.getBoundingClientRect();
  // The header of the page and the find bar are above.
  if (top < 120 || bottom > innerHeight - 40) scrollBy({ top: (top + bottom) / 2 - innerHeight / 2 });
}

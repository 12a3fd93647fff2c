import type { Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { mathNodes, mathSyntax } from "./markdown/math";

const MAX_DEPTH = 30;

/** The syntax tree of GitHub-flavoured markdown, with its math. */
export function parseMarkdown(text: string): Root {
  return fromMarkdown(text, {
    extensions: [gfm(), ...mathSyntax()],
    mdastExtensions: [gfmFromMarkdown(), mathNodes()],
  });
}

/** Whether quotes and lists are nested more deeply than the parser and what reads its tree can handle. */
export function isTooDeep(text: string): boolean {
  return depthOf(text) > MAX_DEPTH;
}

/** The deepest nesting of quotes and lists, judged by the prefixes of lines. */
function depthOf(text: string): number {
  let depth = 0;
  for (const [prefix] of text.matchAll(/^(?:[ \t]*(?:>|[-*+](?=\s)|\d{1,9}[.)](?=\s)))+|^[ \t]{40,}/gm)) {
    const marks = prefix.match(/[>*+-]|\d[.)]/g)?.length ?? 0;
    const indent = prefix.length - prefix.trimStart().length;
    depth = Math.max(depth, marks, Math.floor(indent / 2));
  }
  return depth;
}

/** A piece of HTML within markdown. */
export interface HtmlRange {
  from: number;
  to: number;
  /** Whether it is a block of its own rather than within a line. */
  block: boolean;
  inCell: boolean;
}

/** The HTML in markdown, in order, as offsets. */
export function htmlIn(text: string): HtmlRange[] {
  const ranges: HtmlRange[] = [];
  const visit = (node: Nodes, inLine: boolean, inCell: boolean) => {
    const [from, to] = [node.position?.start.offset, node.position?.end.offset];
    if (node.type === "html" && from !== undefined && to !== undefined) {
      ranges.push({ from, to, block: !inLine, inCell });
    }
    if (!("children" in node)) return;
    const isLine = inLine || node.type === "paragraph" || node.type === "heading" || node.type === "tableCell";
    for (const child of node.children) visit(child, isLine, inCell || node.type === "tableCell");
  };
  visit(parseMarkdown(text), false, false);
  return ranges;
}

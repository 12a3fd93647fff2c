import { type Block, blockOf, groupsOf } from "./block";
import { highlight } from "./highlight";
import { type MarkdownPlugins, parse } from "./parse";

/** The rest of a document with more elements is left out. */
const MAX_ELEMENTS = 150_000;

export interface MarkdownDocument {
  groups: Block[][];
  /** The offset in the text after the groups. */
  end: number;
}

/** Parses a whole document and divides it into groups of blocks, with its code highlighted. */
export function readDocument(
  text: string,
  options: MarkdownPlugins & { anchors: boolean },
  maxElements = MAX_ELEMENTS,
): MarkdownDocument {
  const nodes = parse(text, options);
  const starts = nodes.map(({ position }) => position?.start.offset);
  const blocks: Block[] = [];
  let elements = 0;
  for (const [at, node] of nodes.entries()) {
    highlight(node);
    const block = blockOf(node, text);
    elements += "node" in block ? block.elements : 0;
    if (elements > maxElements) return { groups: groupsOf(blocks), end: starts[at] ?? 0 };
    blocks.push(block);
  }
  return { groups: groupsOf(blocks), end: text.length };
}

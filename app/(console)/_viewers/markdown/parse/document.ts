import { type Block, blockOf, groupsOf } from "./block";
import { highlight } from "./highlight";
import { type MarkdownPlugins, parse } from "./parse";

/** The rest of a document with more elements is left out. */
const MAX_ELEMENTS = 150_000;

/**
 * Parses a whole document and divides it into groups of blocks, with their code highlighted as they are taken. Returns
 * the offset in the text after the groups.
 */
export function* readDocument(
  text: string,
  options: MarkdownPlugins & { anchors: boolean },
  maxElements = MAX_ELEMENTS,
): Generator<Block[], number> {
  let end = text.length;
  function* blocks(): Generator<Block, void> {
    let elements = 0;
    for (const node of parse(text, options)) {
      const start = node.position?.start.offset ?? 0;
      highlight(node);
      const block = blockOf(node, text);
      elements += "source" in block ? 0 : block.elements;
      if (elements > maxElements) {
        end = start;
        return;
      }
      yield block;
    }
  }
  yield* groupsOf(blocks());
  return end;
}

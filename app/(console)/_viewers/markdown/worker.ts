import { type Block, blockOf } from "./block";
import { highlight } from "./highlight";
import { segmentsOf } from "./segments";
import { createParser } from "./tree";

/** The first message to the worker, which then ends. */
export interface MarkdownRequest {
  text: string;
  /** Whether to parse the text in one part. */
  whole: boolean;
  /** Whether headings get ids. */
  anchors: boolean;
}

export interface MarkdownPart {
  blocks: Block[];
  /** The offset in the text after the blocks. */
  end: number;
  last: boolean;
}

/** The rest of a document with more elements is left out. */
const MAX_ELEMENTS = 150_000;

function parse({ text, whole, anchors }: MarkdownRequest): void {
  const parser = createParser({ anchors });
  let elements = 0;
  let end = 0;
  for (const segment of whole ? [{ text, end: text.length }] : segmentsOf(text)) {
    const blocks = parser(segment.text).map((node) => {
      highlight(node);
      return blockOf(node, segment.text);
    });
    for (const block of blocks) elements += "node" in block ? block.elements : 0;
    if (elements > MAX_ELEMENTS) {
      postMessage({ blocks: [], end, last: true } satisfies MarkdownPart);
      return;
    }
    end = segment.end;
    postMessage({ blocks, end, last: end === text.length } satisfies MarkdownPart);
  }
}

addEventListener("message", ({ data }: MessageEvent<MarkdownRequest>) => {
  parse(data);
  close();
});

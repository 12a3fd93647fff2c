import { blockOf } from "./block";
import { highlight } from "./highlight";
import type { MarkdownPart, MarkdownRequest } from "./part";
import { segmentsOf } from "./segments";
import { createParser } from "./tree";

/** A document of more elements than this is shown up to here; the rest is shown as it was written. */
const MOST_ELEMENTS = 150_000;

function read({ text, whole, anchors }: MarkdownRequest): void {
  const make = createParser({ anchors });
  let elements = 0;
  let end = 0;
  for (const part of whole ? [{ text, end: text.length }] : segmentsOf(text)) {
    const blocks = make(part.text).map((node) => {
      highlight(node);
      return blockOf(node, part.text);
    });
    for (const block of blocks) elements += "node" in block ? block.elements : 0;
    if (elements > MOST_ELEMENTS) {
      postMessage({ blocks: [], end, last: true } satisfies MarkdownPart);
      return;
    }
    end = part.end;
    postMessage({ blocks, end, last: end === text.length } satisfies MarkdownPart);
  }
}

addEventListener("message", ({ data }: MessageEvent<MarkdownRequest>) => {
  read(data);
  close();
});

import { blockOf } from "./block";
import { highlight } from "./highlight";
import type { Document, Part } from "./part";
import { segmentsOf } from "./segments";
import { treeMaker } from "./tree";

/** A document of more elements than this is shown up to here; the rest is shown as it was written. */
const MOST_ELEMENTS = 150_000;

function read({ text, whole, anchors }: Document): void {
  const make = treeMaker({ anchors });
  let elements = 0;
  let end = 0;
  for (const part of whole ? [{ text, end: text.length }] : segmentsOf(text)) {
    const blocks = make(part.text).map((node) => {
      highlight(node);
      return blockOf(node, part.text);
    });
    for (const block of blocks) elements += "node" in block ? block.elements : 0;
    if (elements > MOST_ELEMENTS) {
      postMessage({ blocks: [], end, last: true } satisfies Part);
      return;
    }
    end = part.end;
    postMessage({ blocks, end, last: end === text.length } satisfies Part);
  }
}

addEventListener("message", ({ data }: MessageEvent<Document>) => {
  read(data);
  close();
});

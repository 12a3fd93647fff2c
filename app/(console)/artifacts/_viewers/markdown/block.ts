import type { RootContent } from "hast";
import type { Block } from "./part";
import { elementsIn } from "./tree";

/** So many elements, and so many letters, are drawn in one go without holding the page up. */
export const MAX_PART_ELEMENTS = 3000;
const MAX_PART_CHARACTERS = 60_000;

/** The block that a tree is in a page. `text` is what it was read from. */
export function blockOf(node: RootContent, text: string): Block {
  const elements = sizeOf(node);
  if (
    partsOf(node).some((part) => sizeOf(part) > MAX_PART_ELEMENTS || sourceOf(part, text).length > MAX_PART_CHARACTERS)
  ) {
    return { source: sourceOf(node, text) };
  }
  removePositions(node);
  return { node, elements };
}

function sourceOf({ position }: RootContent, text: string): string {
  return position ? text.slice(position.start.offset, position.end.offset) : "";
}

/** How many elements are in a tree, itself too. */
export function sizeOf(node: RootContent): number {
  let size = 0;
  for (const _ of elementsIn(node)) size += 1;
  return size;
}

/** What of a block can be drawn one after the other: the items of a list, the head and the rows of a table; else itself. */
export function partsOf(node: RootContent): RootContent[] {
  if (node.type !== "element" || node.children.length === 0) return [node];
  if (node.tagName === "ul" || node.tagName === "ol") return node.children;
  if (node.tagName !== "table") return [node];
  return node.children.flatMap((child) =>
    child.type === "element" && child.tagName === "tbody" ? child.children : [child],
  );
}

/** Takes off where nodes stood in the text: nobody asks, and it is most of what would be sent to the page. */
function removePositions(root: RootContent): void {
  const left = [root];
  for (let node = left.pop(); node; node = left.pop()) {
    delete node.position;
    if ("children" in node) for (const child of node.children) left.push(child);
  }
}

import type { RootContent } from "hast";
import { elementsIn } from "./tree";

/** A block of a document: its tree, or its source when any of its parts is too large to render. */
export type Block = { node: RootContent; elements: number } | { source: string };

/** Limits for what is rendered in one go without blocking the page. */
export const MAX_PART_ELEMENTS = 3000;
const MAX_PART_CHARACTERS = 60_000;

/** Turns a tree, parsed from `text`, into a block. */
export function blockOf(node: RootContent, text: string): Block {
  const isTooLarge = (part: RootContent) =>
    sizeOf(part) > MAX_PART_ELEMENTS || sourceOf(part, text).length > MAX_PART_CHARACTERS;
  if (partsOf(node).some(isTooLarge)) return { source: sourceOf(node, text) };
  const elements = sizeOf(node);
  removePositions(node);
  return { node, elements };
}

function sourceOf({ position }: RootContent, text: string): string {
  return position ? text.slice(position.start.offset, position.end.offset) : "";
}

/** The number of elements in a tree, its root included. */
export function sizeOf(node: RootContent): number {
  let size = 0;
  for (const _ of elementsIn(node)) size += 1;
  return size;
}

/** The parts of a block that are rendered one after the other: list items, or the head and rows of a table. */
export function partsOf(node: RootContent): RootContent[] {
  if (node.type !== "element" || node.children.length === 0) return [node];
  if (node.tagName === "ul" || node.tagName === "ol") return node.children;
  if (node.tagName !== "table") return [node];
  return node.children.flatMap((child) =>
    child.type === "element" && child.tagName === "tbody" ? child.children : [child],
  );
}

/** Positions are most of a tree's size in a message, and the page does not use them. */
function removePositions(root: RootContent): void {
  const stack = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    delete node.position;
    if ("children" in node) for (const child of node.children) stack.push(child);
  }
}

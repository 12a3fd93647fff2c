import type { Element, ElementContent, RootContent } from "hast";
import { elementsIn, nodesIn } from "./tree";

/** A block of a document: its tree, whole or in parts, or its source when any of its parts is too large to render. */
export type Block = (({ node: RootContent } | { long: LongElement }) & { elements: number }) | { source: string };

/** A container whose children are rendered and sent in parts. */
export interface LongElement {
  /** Without its children. */
  element: Element;
  parts: Part[];
}

/** Children one after the other, or one that is long itself. */
export type Part = ElementContent[] | LongElement;

/** Limits for what is rendered in one go without blocking the page. */
export const MAX_PART_ELEMENTS = 3000;
const MAX_PART_CHARACTERS = 60_000;
/** Of elements in each other; rendering needs stack for each. */
const MAX_DEPTH = 200;
/** The number of elements that are rendered in one frame. */
export const ELEMENTS_PER_FRAME = 400;

/** Elements whose children can be rendered one after the other. */
const CONTAINERS = new Set(
  "ul ol li dl dd table thead tbody tfoot div center section blockquote details figure".split(" "),
);
const TABLE_PARTS = new Set(["table", "thead", "tbody", "tfoot", "tr"]);
/** Elements that do not stand in a line with others, so that a document can be divided before them. */
const LINES = /^(?:h[1-6]|p|pre|hr|ul|ol|dl|table|div|center|section|blockquote|details|figure)$/;

/** Turns a tree, parsed from `text`, into a block. */
export function blockOf(node: RootContent, text: string): Block {
  if (!isRenderable(node)) return { source: sourceOf(node, text) };
  // Positions are most of a tree's size in a message, and the page does not use them.
  for (const each of nodesIn(node)) delete each.position;
  const elements = sizeOf(node);
  return isContainer(node) && elements > ELEMENTS_PER_FRAME ? { long: longOf(node), elements } : { node, elements };
}

function longOf(element: Element): LongElement {
  const parts: Part[] = [];
  let part: ElementContent[] = [];
  let elements = 0;
  for (const child of childrenOf(element)) {
    const size = sizeOf(child);
    if (size > ELEMENTS_PER_FRAME && isContainer(child)) {
      parts.push(part, longOf(child));
      [part, elements] = [[], 0];
      continue;
    }
    if (elements + size > ELEMENTS_PER_FRAME && part.length > 0) {
      parts.push(part);
      [part, elements] = [[], 0];
    }
    part.push(child);
    elements += size;
  }
  parts.push(part);
  return {
    element: { ...element, children: [] },
    parts: parts.filter((each) => !Array.isArray(each) || each.length > 0),
  };
}

/** The tree of a block, null if it is too large to render. */
export function nodeOf(block: Block): RootContent | null {
  if ("source" in block) return null;
  return "node" in block ? block.node : wholeOf(block.long);
}

function wholeOf({ element, parts }: LongElement): Element {
  return { ...element, children: parts.flatMap((part) => (Array.isArray(part) ? part : [wholeOf(part)])) };
}

function sourceOf({ position }: RootContent, text: string): string {
  return position ? text.slice(position.start.offset, position.end.offset) : "";
}

/** Whether the tree is not too deep, and none of its parts that are rendered in one go too large. */
function isRenderable(root: RootContent): boolean {
  const stack = [{ node: root, depth: 0, part: false }];
  let elements = 0;
  let characters = 0;
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { node, depth, part } = top;
    if (depth > MAX_DEPTH) return false;
    const divisible = !part && isContainer(node);
    if (!part) [elements, characters] = [0, 0];
    if (node.type === "element") elements += 1;
    if (node.type === "text") characters += node.value.length;
    if (elements > MAX_PART_ELEMENTS || characters > MAX_PART_CHARACTERS) return false;
    if (!("children" in node)) continue;
    for (const child of node.children) stack.push({ node: child, depth: depth + 1, part: !divisible });
  }
  return true;
}

/** The number of elements in a tree, its root included. */
export function sizeOf(node: RootContent): number {
  let size = 0;
  for (const _ of elementsIn(node)) size += 1;
  return size;
}

/** Whether the children of a node can be rendered one after the other. */
export function isContainer(node: RootContent): node is Element {
  return node.type === "element" && CONTAINERS.has(node.tagName);
}

/** The children of a container; spaces within tables, which React does not accept, are left out. */
export function childrenOf({ tagName, children }: Element): ElementContent[] {
  if (!TABLE_PARTS.has(tagName)) return children;
  return children.filter((child) => child.type !== "text" || child.value.trim() !== "");
}

/** Divides blocks into groups of about as many elements as are rendered in one frame. */
export function* groupsOf(blocks: Iterable<Block>): Generator<Block[], void> {
  let group: Block[] = [];
  let elements = 0;
  for (const block of blocks) {
    const size = "source" in block ? ELEMENTS_PER_FRAME : block.elements;
    if (elements > 0 && elements + size > ELEMENTS_PER_FRAME && mayStartGroup(block)) {
      yield group;
      [group, elements] = [[], 0];
    }
    group.push(block);
    elements += size;
  }
  if (group.length > 0) yield group;
}

function mayStartGroup(block: Block): boolean {
  if ("source" in block) return true;
  const node = "node" in block ? block.node : block.long.element;
  return node.type === "element" && LINES.test(node.tagName);
}

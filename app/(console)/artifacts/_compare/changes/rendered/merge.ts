import type { Element, ElementContent, RootContent, Text } from "hast";
import { align } from "#diff/align";
import type { Budget } from "#diff/budget";
import { lineWords, type Part } from "#diff/words";
import { nodesIn, textIn } from "../../../../_viewers/markdown/parse/tree";

/** Elements whose children are compared one by one. */
const CONTAINERS = new Set("ul ol dl table thead tbody tfoot blockquote div section details center figure".split(" "));
const LISTS = /^(?:ul|ol|p|pre|blockquote|table|div)$/;
/** How many later blocks are searched for the one that a block became. */
const LOOKAHEAD = 20;

/**
 * One document that has what was removed beside what was added: blocks with a class, words in `del` and `ins`. Every
 * change has the attribute `data-change`.
 */
export function mergeDocuments(from: RootContent[], to: RootContent[], budget: Budget): RootContent[] {
  for (const root of [...from, ...to]) for (const node of nodesIn(root)) delete node.position;
  return mergeNodes(from, to, budget);
}

function mergeNodes(from: RootContent[], to: RootContent[], budget: Budget): RootContent[] {
  const [before, after] = [from.filter(isVisible), to.filter(isVisible)];
  const runs = align(before.map(contentOf), after.map(contentOf), budget);
  return runs.flatMap((run) => {
    const nodes = after.slice(...run.to);
    return run.same ? nodes : replaced(before.slice(...run.from), nodes, budget);
  });
}

function isVisible(node: RootContent): boolean {
  return node.type === "element" || (node.type === "text" && node.value.trim() !== "");
}

function contentOf(node: RootContent): string {
  return JSON.stringify(node);
}

/** Pairs each block with the next one that it may have become; between pairs, what was removed comes first. */
function replaced(before: RootContent[], after: RootContent[], budget: Budget): RootContent[] {
  const merged: RootContent[] = [];
  let [left, right] = [0, 0];
  const flush = (leftEnd: number, rightEnd: number) => {
    merged.push(...before.slice(left, leftEnd).map((each) => marked(each, "removed")));
    merged.push(...after.slice(right, rightEnd).map((each) => marked(each, "added")));
    [left, right] = [leftEnd + 1, rightEnd + 1];
  };
  for (const [at, node] of after.entries()) {
    const found = before.findIndex((each, position) => {
      return position >= left && position < left + LOOKAHEAD && isAlike(each, node);
    });
    const former = before[found];
    if (!former) continue;
    flush(found, at);
    merged.push(...mergePair(former, node, budget));
  }
  flush(before.length, after.length);
  return merged;
}

/** Whether two blocks have the same tag, and half of the words of the shorter one in common. */
function isAlike(one: RootContent, other: RootContent): boolean {
  if (one.type !== "element" || other.type !== "element" || one.tagName !== other.tagName) return false;
  const [words, others] = [wordsIn(one), wordsIn(other)];
  const common = [...words].filter((word) => others.has(word)).length;
  // Rows of a table are alike by any cell.
  if (one.tagName === "tr" && common > 0) return true;
  return common * 2 >= Math.min(words.size, others.size) && (common > 0 || words.size + others.size === 0);
}

function wordsIn(node: RootContent): Set<string> {
  return new Set(textIn(node).split(/\s+/).filter(Boolean));
}

function mergePair(from: RootContent, to: RootContent, budget: Budget): RootContent[] {
  if (from.type !== "element" || to.type !== "element") return [marked(from, "removed"), marked(to, "added")];
  if (to.tagName === "tr") return mergeRows(from, to, budget);
  if (isContainer(from) && isContainer(to)) {
    return [{ ...to, children: mergeNodes(from.children, to.children, budget).filter(isElementContent) }];
  }
  const [before, after] = [textIn(from), textIn(to)];
  const words = before === after ? null : lineWords(before, after, budget);
  if (before === after && before !== "") return [marked(to, "changed")];
  if (!words) return [marked(from, "removed"), marked(to, "added")];
  const pieces = piecesOf(words.from, words.to);
  const children = to.children.flatMap((child) => woven(child, pieces));
  return [marked({ ...to, children: [...children, ...pieces.map(elementOf)] }, "changed")];
}

/** Cells are compared by position, so that a row never has more of them than its table. */
function mergeRows(from: Element, to: Element, budget: Budget): RootContent[] {
  const [before, after] = [from.children.filter(isVisible), to.children.filter(isVisible)];
  if (before.length !== after.length) return [marked(from, "removed"), marked(to, "added")];
  const cells = after.map((cell, at): RootContent => {
    const former = before[at];
    if (former?.type !== "element" || cell.type !== "element" || contentOf(former) === contentOf(cell)) return cell;
    const [merged, ...rest] = mergePair(former, cell, budget);
    if (merged && rest.length === 0) return merged;
    const wrap = (tagName: "del" | "ins", { children }: Element): Element => {
      return { type: "element", tagName, properties: {}, children };
    };
    return marked({ ...cell, children: [wrap("del", former), wrap("ins", cell)] }, "changed");
  });
  return [{ ...to, children: cells.filter(isElementContent) }];
}

/** An item with blocks in it is compared block by block. */
function isContainer({ tagName, children }: Element): boolean {
  if (CONTAINERS.has(tagName)) return true;
  return tagName === "li" && children.some((child) => child.type === "element" && LISTS.test(child.tagName));
}

/** A stretch of the merged text of a block. */
interface Piece {
  op: "same" | "added" | "removed";
  text: string;
}

function piecesOf(from: Part[], to: Part[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const part of to) {
    for (; from[at]?.marked; at += 1) pieces.push({ op: "removed", text: from[at]?.text ?? "" });
    pieces.push({ op: part.marked ? "added" : "same", text: part.text });
    if (!part.marked) at += 1;
  }
  return [...pieces, ...from.slice(at).map(({ text }): Piece => ({ op: "removed", text }))];
}

/** A node of the new side with the removed words before those that they preceded. Takes what it uses from `pieces`. */
function woven(node: ElementContent, pieces: Piece[]): ElementContent[] {
  if (node.type === "element") return [{ ...node, children: node.children.flatMap((child) => woven(child, pieces)) }];
  if (node.type !== "text") return [node];
  const nodes: ElementContent[] = [];
  let left = node.value;
  while (left !== "") {
    const piece = pieces.shift();
    if (!piece) return [...nodes, { type: "text", value: left }];
    if (piece.op === "removed") {
      nodes.push(elementOf(piece));
      continue;
    }
    const text = piece.text.slice(0, left.length);
    nodes.push(elementOf({ ...piece, text }));
    left = left.slice(text.length);
    if (text.length < piece.text.length) pieces.unshift({ ...piece, text: piece.text.slice(text.length) });
  }
  return nodes;
}

function elementOf({ op, text }: Piece): ElementContent {
  const content: Text = { type: "text", value: text };
  if (op === "same") return content;
  return { type: "element", tagName: op === "added" ? "ins" : "del", properties: {}, children: [content] };
}

function marked(node: RootContent, op: "added" | "removed" | "changed"): RootContent {
  const mark = { className: [`diff-${op}`], dataChange: "", tabIndex: -1 };
  if (node.type === "text") {
    return { type: "element", tagName: op === "removed" ? "del" : "ins", properties: mark, children: [node] };
  }
  if (node.type !== "element") return node;
  // The elements of code and images do not pass attributes on.
  if (node.tagName === "pre" || node.tagName === "img") {
    return { type: "element", tagName: "div", properties: mark, children: [node] };
  }
  const { className } = node.properties;
  const classes = [...(Array.isArray(className) ? className : []), ...mark.className];
  return { ...node, properties: { ...node.properties, ...mark, className: classes } };
}

function isElementContent(node: RootContent): node is ElementContent {
  return node.type === "element" || node.type === "text" || node.type === "comment";
}

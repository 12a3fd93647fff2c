import type { Parents, Root } from "hast";
import { raw } from "hast-util-raw";
import { VFile } from "vfile";
import type { HtmlParser } from "./parse";
import { nodesIn } from "./tree";

/** Beyond this nesting the parser and rendering, which are recursive, could overflow the stack. */
const MAX_DEPTH = 60;
/** How many elements the parser may add to open `<b>` and its like again in every block until they are closed. */
const MAX_REOPENED = { page: 5_000, worker: 100_000 };
/** In characters. Longer texts are parsed in a worker only. */
const MAX_PAGE_TEXT = 30_000;
/** A comment, a tag with its attributes, or the start of what looks like a tag without being one. */
const TOKEN =
  /<!--(?:-?>|[\s\S]*?-->)|<(\/?)([a-z][a-z0-9-]*)(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*\/?>|<[a-z/]/gi;
/** Elements whose content is text up to their end tag. */
const TEXT_TAG =
  /<(script|style|title|textarea|iframe|noembed|noframes|xmp)\b[^>]*>(?![\s\S]*<\/\1)|<plaintext\b[^>]*>/gi;
/** Elements within a line whose content, of which markdown makes nodes, is not shown. */
const HIDDEN_START = /^<(script|style|title|textarea|iframe|noembed|noframes)\b/i;
/** Elements without an end tag, or that the next of their kind ends. */
const FLAT = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|dt|dd|tr|td|th|option)$/;
/** Elements that are opened again in the next block. */
const FORMATTING = /^(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)$/;

/** Parses the HTML within a tree. Null if it is nested too deeply. */
export const parseHtml: HtmlParser = (tree, text) => {
  if (isTooDeep(tree, text.length > MAX_PAGE_TEXT ? MAX_REOPENED.worker : MAX_REOPENED.page)) return null;
  for (const node of nodesIn(tree)) {
    if ("children" in node) removeHiddenText(node);
    // What is not closed within its block would swallow the next one.
    if (node.type === "raw") node.value = node.value.replace(TEXT_TAG, "");
  }
  const parsed = raw(tree, { file: new VFile(text) });
  // Against its type, the position of text has no start when that of its first part is unknown.
  for (const node of nodesIn(parsed)) if (node.position && !node.position.start) delete node.position;
  return parsed.type === "root" ? parsed : null;
};

/** Removes, as in a block of HTML, what stands in a line between the tags of a script and its like. */
function removeHiddenText(parent: Parents): void {
  for (let at = 0; at < parent.children.length; at += 1) {
    const node = parent.children[at];
    const name = node?.type === "raw" && HIDDEN_START.exec(node.value)?.[1];
    if (!name || node.value.includes("</")) continue;
    const isEnd = new RegExp(`^</${name}\\s*>`, "i");
    const end = parent.children.findIndex((each, index) => index > at && each.type === "raw" && isEnd.test(each.value));
    if (end >= 0) parent.children.splice(at, end - at + 1);
    if (end >= 0) at -= 1;
  }
}

function isTooDeep(tree: Root, maxReopened: number): boolean {
  const open: string[] = [];
  let reopened = 0;
  let wellFormed = true;
  for (const node of nodesIn(tree)) {
    if (node.type === "element") reopened += open.filter((name) => FORMATTING.test(name)).length;
    if (node.type !== "raw") continue;
    for (const [token, slash, written] of node.value.matchAll(TOKEN)) {
      const name = written?.toLowerCase();
      if (name === undefined) {
        // From here on a browser may take what looks like an end tag for something else.
        if (!token.startsWith("<!--")) wellFormed = false;
      } else if (!slash && !FLAT.test(name)) open.push(name);
      else if (slash && wellFormed && open.includes(name)) open.splice(open.lastIndexOf(name), 1);
    }
    if (open.length > MAX_DEPTH) return true;
  }
  return reopened > maxReopened;
}

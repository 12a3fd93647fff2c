import type { Element, Root, RootContent } from "hast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { toHast } from "mdast-util-to-hast";
import { gfm } from "micromark-extension-gfm";
import { createNormalizer } from "./normalize";

const SAFE = /^(?:https?|ircs?|mailto|xmpp)$/i;
const PREFIX = "user-content-";

/** Turns markdown into the elements it stands for. One maker serves all parts of a document, one after the other. */
export type MarkdownParser = (text: string) => RootContent[];

/**
 * Makes trees of GitHub-flavoured markdown: raw HTML is text, addresses are safe to follow, and headings have names
 * that `#…` leads to, unless `anchors` is false.
 */
export function createParser({ anchors }: { anchors: boolean }): MarkdownParser {
  const tidy = createNormalizer();
  const taken = new Map<string, number>();
  const anchor = (element: Element) => {
    const slug = slugOf(textIn(element));
    const times = taken.get(slug) ?? 0;
    taken.set(slug, times + 1);
    element.properties.id = `${PREFIX}${times === 0 ? slug : `${slug}-${times}`}`;
  };
  return (text) => {
    const parsed = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
    tidy(parsed);
    const tree = toHast(parsed, { clobberPrefix: PREFIX });
    const root: Root = tree.type === "root" ? tree : { type: "root", children: tree.type === "doctype" ? [] : [tree] };
    for (const element of elementsIn(root)) {
      if (anchors && /^h[1-6]$/.test(element.tagName) && element.properties.id === undefined) anchor(element);
      const { href, src } = element.properties;
      if (typeof href === "string") element.properties.href = safeUrl(href, anchors);
      if (typeof src === "string") element.properties.src = /^data:image\//i.test(src) ? src : safeUrl(src, false);
    }
    return root.children;
  };
}

/** Every element of a tree, without recursion. */
export function* elementsIn(root: Root | RootContent): Generator<Element, void> {
  const left: (Root | RootContent)[] = [root];
  for (let node = left.pop(); node; node = left.pop()) {
    if (node.type === "element") yield node;
    if ("children" in node) left.push(...node.children.toReversed());
  }
}

/** The words in a tree. */
export function textIn(node: RootContent): string {
  if (node.type === "text") return node.value;
  return "children" in node ? node.children.map(textIn).join("") : "";
}

/** An address without a scheme, or with one that runs nothing; of any other nothing is left. */
function safeUrl(url: string, anchors: boolean): string {
  if (anchors && url.startsWith("#") && !url.startsWith(`#${PREFIX}`)) return `#${PREFIX}${url.slice(1).toLowerCase()}`;
  const scheme = /^([^/?#:]*):/.exec(url)?.[1];
  return scheme === undefined || SAFE.test(scheme) ? url : "";
}

function slugOf(words: string): string {
  const slug = words
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s+/g, "-");
  return slug.slice(0, 80) || "section";
}

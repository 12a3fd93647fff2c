import type { Element, Root, RootContent } from "hast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { toHast } from "mdast-util-to-hast";
import { gfm } from "micromark-extension-gfm";
import { createNormalizer } from "./normalize";

const SAFE_SCHEMES = /^(?:https?|ircs?|mailto|xmpp)$/i;
/** Keeps the ids of headings from clashing with those of the page. */
const ID_PREFIX = "user-content-";
export type MarkdownParser = (text: string) => RootContent[];

/**
 * Creates a parser for the parts of one document, called in order. It turns GitHub-flavoured markdown into HTML trees
 * in which raw HTML is text and URLs are safe; with `anchors` headings have ids that fragment links lead to.
 */
export function createParser({ anchors }: { anchors: boolean }): MarkdownParser {
  const normalize = createNormalizer();
  const uses = new Map<string, number>();
  const setId = (element: Element) => {
    const slug = slugOf(textIn(element));
    const used = uses.get(slug) ?? 0;
    uses.set(slug, used + 1);
    element.properties.id = `${ID_PREFIX}${used === 0 ? slug : `${slug}-${used}`}`;
  };
  return (text) => {
    const parsed = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
    normalize(parsed);
    const tree = toHast(parsed, { clobberPrefix: ID_PREFIX });
    const root: Root = tree.type === "root" ? tree : { type: "root", children: tree.type === "doctype" ? [] : [tree] };
    for (const element of elementsIn(root)) {
      if (anchors && /^h[1-6]$/.test(element.tagName) && element.properties.id === undefined) setId(element);
      const { href, src } = element.properties;
      if (typeof href === "string") element.properties.href = safeUrl(href, anchors);
      if (typeof src === "string") element.properties.src = /^data:image\//i.test(src) ? src : safeUrl(src, false);
    }
    return root.children;
  };
}

/** Every element of a tree. Without recursion, so that deep trees do not overflow the stack. */
export function* elementsIn(root: Root | RootContent): Generator<Element, void> {
  const stack: (Root | RootContent)[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.type === "element") yield node;
    if ("children" in node) stack.push(...node.children.toReversed());
  }
}

export function textIn(node: RootContent): string {
  if (node.type === "text") return node.value;
  return "children" in node ? node.children.map(textIn).join("") : "";
}

/** A URL that runs no script, or "". */
function safeUrl(url: string, anchors: boolean): string {
  if (anchors && url.startsWith("#") && !url.startsWith(`#${ID_PREFIX}`))
    return `#${ID_PREFIX}${url.slice(1).toLowerCase()}`;
  const scheme = /^([^/?#:]*):/.exec(url)?.[1];
  return scheme === undefined || SAFE_SCHEMES.test(scheme) ? url : "";
}

function slugOf(text: string): string {
  const slug = text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s+/g, "-");
  return slug.slice(0, 80) || "section";
}

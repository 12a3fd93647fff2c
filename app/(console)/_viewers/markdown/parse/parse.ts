import GithubSlugger from "github-slugger";
import type { Element, Nodes, Root, RootContent } from "hast";
import { sanitize } from "hast-util-sanitize";
import type { Nodes as MarkdownNodes } from "mdast";
import { toHast } from "mdast-util-to-hast";
import { parseLongMarkdown } from "#formats/markdown-sections";
import { markAlerts } from "./alerts";
import { keepsNesting, SCHEMA } from "./schema";
import { elementsIn, nodesIn, textIn } from "./tree";

/** Parses the `raw` nodes of a tree, and thereby makes its nesting valid; null if it is nested too deeply. */
export type HtmlParser = (tree: Root, text: string) => Root | null;

/** What is loaded only for texts that need it. */
export interface MarkdownPlugins {
  html?: HtmlParser;
  emoji?: (name: string) => string | undefined;
}

const SHORT_CODE = /(?<![\p{L}\p{N}]):([a-z0-9_+-]+):(?![\p{L}\p{N}])/gu;
const HEADING = /^h[1-6]$/;

/**
 * Turns GitHub-flavoured markdown into HTML trees that are safe to render. With `anchors` headings have ids that fragment
 * links lead to; without, as in descriptions, they have none, and other ids do not clash with those of the data.
 */
export function parse(text: string, { anchors, html, emoji }: MarkdownPlugins & { anchors: boolean }): RootContent[] {
  const markdown = parseLongMarkdown(text);
  markAlerts(markdown);
  markDisplayMath(markdown, text);
  const tree = rootOf(toHast(markdown, { allowDangerousHtml: true, clobberPrefix: "" }));
  const hasHtml = hasRaw(tree);
  const whole = (hasHtml && html?.(tree, text)) || rawAsText(tree);
  if (anchors) setHeadingIds(whole);
  if (emoji) replaceShortCodes(whole, emoji);
  for (const element of elementsIn(whole)) normalizeUrls(element);
  const clobberPrefix = anchors ? "user-content-" : "description-";
  const safe = rootOf(sanitize(whole, { ...SCHEMA, clobberPrefix }));
  const valid = (hasHtml && !isValidWithout(whole) && html?.(safe, text)) || safe;
  setLevels(valid);
  resolveFragments(valid, clobberPrefix);
  return valid.children;
}

/** Math between double dollar signs has a line of its own. */
function markDisplayMath(markdown: ReturnType<typeof parseLongMarkdown>, text: string): void {
  const stack: MarkdownNodes[] = [markdown];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.type === "inlineMath" && text.startsWith("$$", node.position?.start.offset))
      node.data = { ...node.data, hProperties: { className: ["language-math", "math-display"] } };
    if ("children" in node) stack.push(...node.children);
  }
}

function rootOf(tree: Nodes): Root {
  if (tree.type === "root") return tree;
  return { type: "root", children: [tree] };
}

function hasRaw(tree: Root): boolean {
  for (const { type } of nodesIn(tree)) if (type === "raw") return true;
  return false;
}

/** Whether what is left out of a tree was not all that kept its nesting valid. */
function isValidWithout(tree: Root): boolean {
  for (const { tagName } of elementsIn(tree)) if (!keepsNesting(tagName)) return false;
  return true;
}

function rawAsText(tree: Root): Root {
  for (const node of nodesIn(tree)) {
    if (!("children" in node)) continue;
    for (const [at, child] of node.children.entries())
      if (child.type === "raw") node.children[at] = { type: "text", value: child.value };
  }
  return tree;
}

/** As GitHub does: unique throughout the document, from the text before short codes are replaced. */
function setHeadingIds(tree: Root): void {
  const slugger = new GithubSlugger();
  for (const element of elementsIn(tree)) {
    if (!HEADING.test(element.tagName) || element.properties.id !== undefined) continue;
    const id = slugger.slug(textIn(element));
    if (id !== "") element.properties.id = id;
  }
}

function replaceShortCodes(tree: Root, emoji: (name: string) => string | undefined): void {
  for (const node of nodesIn(tree)) {
    if (!("children" in node) || (node.type === "element" && /^(?:code|pre|tt|samp)$/.test(node.tagName))) continue;
    for (const child of node.children)
      if (child.type === "text" && child.value.includes(":"))
        child.value = child.value.replace(SHORT_CODE, (code, name: string) => emoji(name) ?? code);
  }
}

/** Schemes in lower case, as the allow list has them; of `data:` URLs only images. */
function normalizeUrls({ properties }: Element): void {
  for (const name of ["href", "src"] as const) {
    const url = properties[name];
    if (typeof url !== "string") continue;
    if (/^\s*data:(?!image\/)/i.test(url)) delete properties[name];
    else properties[name] = url.trim().replace(/^[a-z][a-z0-9+.-]*:/i, (scheme) => scheme.toLowerCase());
  }
}

/** Headings begin below the page's own and skip no level; a class keeps the look of the written level. */
function setLevels(tree: Root): void {
  let level = 1;
  for (const element of elementsIn(tree)) {
    if (!HEADING.test(element.tagName)) continue;
    const written = Number(element.tagName.slice(1));
    level = Math.min(written + 1, level + 1, 6);
    element.tagName = `h${level}`;
    const classes = element.properties.className;
    element.properties.className = [...(Array.isArray(classes) ? classes : []), `depth-${written}`];
  }
}

/** Fragment links lead to the prefixed ids of the same text, in any case. */
function resolveFragments(tree: Root, prefix: string): void {
  const ids = new Set<string>();
  for (const { properties } of elementsIn(tree))
    for (const id of [properties.id, properties.name]) if (typeof id === "string") ids.add(id);
  if (ids.size === 0) return;
  for (const { properties } of elementsIn(tree)) {
    if (typeof properties.href !== "string" || !properties.href.startsWith("#")) continue;
    const name = decoded(properties.href.slice(1));
    const id = [name, prefix + name, prefix + name.toLowerCase()].find((each) => ids.has(each));
    if (id !== undefined) properties.href = `#${id}`;
  }
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

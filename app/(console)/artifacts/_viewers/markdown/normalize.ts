/** A node of a parsed markdown text, as far as it is read here. */
interface MarkdownNode {
  type: string;
  value?: string;
  depth?: number;
  children?: MarkdownNode[];
  data?: { hProperties?: object };
}

const COMMENTS = /^(?:\s*<!--[\s\S]*?-->)+\s*$/;
const BREAK = /^\s*<br\s*\/?>\s*$/i;

/**
 * Fits documents into the page, part by part: raw HTML of a block becomes code (a comment nothing, a `<br>` a
 * line break), and headings follow each other without a gap below the page's own; each keeps the look of its depth.
 */
export function createNormalizer(): (root: MarkdownNode) => void {
  let level = 1;
  return (root) => {
    const tidy = (parent: MarkdownNode, inline: boolean) => {
      parent.children = parent.children?.flatMap((node) => {
        if (node.type === "html") return htmlAs(node, inline);
        if (node.type === "heading") {
          const depth = node.depth ?? 1;
          level = Math.min(depth + 1, level + 1, 6);
          return tidied({ ...node, depth: level, data: { hProperties: { className: `depth-${depth}` } } }, true);
        }
        return tidied(node, node.type === "paragraph" || inline);
      });
    };
    const tidied = (node: MarkdownNode, inline: boolean) => {
      if (node.children) tidy(node, inline);
      return [node];
    };
    tidy(root, false);
  };
}

function htmlAs(node: MarkdownNode, inline: boolean): MarkdownNode[] {
  const value = node.value ?? "";
  if (COMMENTS.test(value)) return [];
  if (BREAK.test(value)) return inline ? [{ type: "break" }] : [];
  return [inline ? { type: "text", value } : { type: "code", value }];
}

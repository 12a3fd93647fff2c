/** The fields of a markdown syntax tree (mdast) node that normalizing uses. */
interface MarkdownNode {
  type: string;
  value?: string;
  depth?: number;
  children?: MarkdownNode[];
  data?: { hProperties?: object };
}

const COMMENTS = /^(?:\s*<!--[\s\S]*?-->)+\s*$/;
const LINE_BREAK = /^\s*<br\s*\/?>\s*$/i;

/**
 * Returns a function that changes the parts of one document, in order, in place: raw HTML becomes code or text (a
 * comment nothing, `<br>` a line break), and heading levels start below the page's own and skip none, while a class
 * keeps the look of the written depth.
 */
export function createNormalizer(): (root: MarkdownNode) => void {
  let level = 1;
  return (root) => {
    const normalizeChildren = (parent: MarkdownNode, inline: boolean) => {
      parent.children = parent.children?.flatMap((node) => {
        if (node.type === "html") return htmlAs(node, inline);
        if (node.type === "heading") {
          const depth = node.depth ?? 1;
          level = Math.min(depth + 1, level + 1, 6);
          return normalize({ ...node, depth: level, data: { hProperties: { className: `depth-${depth}` } } }, true);
        }
        return normalize(node, node.type === "paragraph" || inline);
      });
    };
    const normalize = (node: MarkdownNode, inline: boolean) => {
      if (node.children) normalizeChildren(node, inline);
      return [node];
    };
    normalizeChildren(root, false);
  };
}

function htmlAs(node: MarkdownNode, inline: boolean): MarkdownNode[] {
  const value = node.value ?? "";
  if (COMMENTS.test(value)) return [];
  if (LINE_BREAK.test(value)) return inline ? [{ type: "break" }] : [];
  return [inline ? { type: "text", value } : { type: "code", value }];
}

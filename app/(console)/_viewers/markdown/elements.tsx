import type { Element, Root, RootContent } from "hast";
import { type Components, toJsxRuntime } from "hast-util-to-jsx-runtime";
import { Info, Lightbulb, type LucideIcon, MessageSquareWarning, OctagonAlert, TriangleAlert } from "lucide-react";
import dynamic from "next/dynamic";
import { type ComponentProps, cloneElement, type MouseEvent, use } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";
import { loadCode } from "#app/_data/connection";
import { Copy } from "#app/_ui/copy";
import { ScrollRegion } from "#app/_ui/scroll-region";
import { ArtifactImage } from "../image/image";
import { RelativeLinksContext } from "../shared/relative-links";
import { hasEscapes, withoutEscapes } from "../text/escapes";
import { textIn } from "./parse/tree";

const ColouredText = dynamic(() =>
  loadCode(() => import("../text/coloured-text")).then((module) => module.ColouredText),
);

const Formula = dynamic(() => loadCode(() => import("../math/formula")).then((module) => module.Formula));
const Diagram = dynamic(() => loadCode(() => import("../diagram/diagram")).then((module) => module.Diagram));

const ALERTS: Record<string, { Icon: LucideIcon; title: string }> = {
  note: { Icon: Info, title: "Note" },
  tip: { Icon: Lightbulb, title: "Tip" },
  important: { Icon: MessageSquareWarning, title: "Important" },
  warning: { Icon: TriangleAlert, title: "Warning" },
  caution: { Icon: OctagonAlert, title: "Caution" },
};

const COMPONENTS: Partial<Components> = {
  a: ({ node: _, ...rest }) => <MarkdownLink {...rest} />,
  blockquote: ({ node, children, ...rest }) => {
    const kind = node?.properties.dataAlert;
    const alert = typeof kind === "string" ? ALERTS[kind] : undefined;
    if (!alert) return <blockquote {...rest}>{children}</blockquote>;
    return (
      <div {...rest} className="alert">
        <p className="alert-title">
          <alert.Icon aria-hidden className="size-4" />
          {alert.title}
        </p>
        {children}
      </div>
    );
  },
  code: ({ node, children, ...rest }) => {
    const classes = node?.properties.className;
    if (!node || !Array.isArray(classes) || !classes.includes("language-math"))
      return <code {...rest}>{children}</code>;
    return <Formula source={textIn(node)} display={classes.includes("math-display")} />;
  },
  img: ({ src, alt, width, height, align }) => (
    <MarkdownImage src={typeof src === "string" ? src : ""} alt={alt ?? ""} attributes={{ width, height, align }} />
  ),
  input: ({ checked }) => (
    <input type="checkbox" checked={checked} disabled aria-label={checked ? "Done" : "Not done"} />
  ),
  pre: ({ node, children }) =>
    renderedFence(node) ?? (
      <div className="code group/code">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be focusable */}
        <pre tabIndex={0}>{node && hasEscapes(textIn(node)) ? <ColouredCode text={textIn(node)} /> : children}</pre>
        <Copy
          text={() => (node ? withoutEscapes(textIn(node)).replace(/\n$/, "") : "")}
          label="Copy code"
          className="absolute top-2 right-2 bg-canvas opacity-0 focus-visible:opacity-100 group-hover/code:opacity-100"
        />
      </div>
    ),
  table: ({ node, children, ...rest }) => (
    <ScrollRegion label={tableName(node)} className="overflow-x-auto">
      <table {...rest}>{children}</table>
    </ScrollRegion>
  ),
  // A head without text is none.
  th: ({ node, ...rest }) => (node && textIn(node).trim() === "" ? <td {...rest} /> : <th {...rest} />),
};

/** In characters, of the heads in the name of a table. */
const MAX_HEADS = 60;

/** The heads of a table tell it from others on the page. */
function tableName(table: Element | undefined): string {
  const part = table?.children.find((child) => child.type === "element");
  const row = part?.type === "element" ? part.children.find((child) => child.type === "element") : undefined;
  const cells = row?.type === "element" ? row.children.filter((child) => child.type === "element") : [];
  const heads = cells
    .map((cell) => textIn(cell).trim())
    .filter(Boolean)
    .join(", ");
  return heads === "" ? "Table" : `Table: ${heads.slice(0, MAX_HEADS)}`;
}

/** A block of code whose language is drawn rather than shown; null for another one. */
function renderedFence(pre: Element | undefined) {
  const code = pre?.children.find((child) => child.type === "element");
  const classes = code?.type === "element" && code.properties.className;
  if (!pre || !Array.isArray(classes)) return null;
  if (classes.includes("language-math")) return <Formula source={textIn(pre)} display />;
  if (classes.includes("language-mermaid")) return <Diagram source={textIn(pre)} />;
  return null;
}

function ColouredCode({ text }: { text: string }) {
  return (
    <code>
      <ColouredText text={text} />
    </code>
  );
}

/** Renders a parsed node as React elements. */
export function renderNode(node: Root | RootContent) {
  return toJsxRuntime(node, { Fragment, jsx, jsxs, components: COMPONENTS, passNode: true, ignoreInvalidStyle: true });
}

/** Renders a block in the direction of its first letters: its bullets and borders are at the side where its text begins. */
export function renderBlock(node: Root | RootContent) {
  const block = renderNode(node);
  return node.type === "element" ? cloneElement(block, { dir: "auto" }) : block;
}

/** A link in markdown: to another file of the same folder in place, else in a tab of its own. */
function MarkdownLink({ href, children, id, name, ...rest }: ComponentProps<"a"> & { name?: string }) {
  const relative = use(RelativeLinksContext)?.linkOf(href ?? "");
  if (!href) return <span id={id ?? name}>{children}</span>;
  if (relative) {
    const openHere = (event: MouseEvent) => {
      if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      relative.open();
    };
    return (
      <a {...rest} id={id ?? name} href={relative.href} onClick={openHere}>
        {children}
      </a>
    );
  }
  return (
    <a
      {...rest}
      id={id ?? name}
      href={href}
      target={href.startsWith("#") ? undefined : "_blank"}
      rel="noopener noreferrer nofollow"
    >
      {children}
    </a>
  );
}

/** An image in markdown, which may be another file of the same folder. */
function MarkdownImage({
  src,
  alt,
  attributes,
}: {
  src: string;
  alt: string;
  attributes: ComponentProps<typeof ArtifactImage>["attributes"];
}) {
  const relative = use(RelativeLinksContext)?.imageOf(src);
  return <ArtifactImage src={relative ?? src} alt={alt} inline attributes={attributes} />;
}

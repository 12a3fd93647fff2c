import type { Root, RootContent } from "hast";
import { type Components, toJsxRuntime } from "hast-util-to-jsx-runtime";
import { Info, Lightbulb, type LucideIcon, MessageSquareWarning, OctagonAlert, TriangleAlert } from "lucide-react";
import dynamic from "next/dynamic";
import { cloneElement } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";
import { loadCode } from "#app/_data/connection";
import { Copy } from "#app/_ui/copy";
import { ScrollRegion } from "#app/_ui/scroll-region";
import { ArtifactImage } from "../image/image";
import { hasEscapes, withoutEscapes } from "../text/escapes";
import { textIn } from "./tree";

const ColouredText = dynamic(() =>
  loadCode(() => import("../text/coloured-text")).then((module) => module.ColouredText),
);

const ALERTS: Record<string, { Icon: LucideIcon; title: string }> = {
  note: { Icon: Info, title: "Note" },
  tip: { Icon: Lightbulb, title: "Tip" },
  important: { Icon: MessageSquareWarning, title: "Important" },
  warning: { Icon: TriangleAlert, title: "Warning" },
  caution: { Icon: OctagonAlert, title: "Caution" },
};

const COMPONENTS: Partial<Components> = {
  a: ({ node: _, href, children, id, name, ...rest }) =>
    href ? (
      <a
        {...rest}
        id={id ?? name}
        href={href}
        target={href.startsWith("#") ? undefined : "_blank"}
        rel="noopener noreferrer nofollow"
      >
        {children}
      </a>
    ) : (
      <span id={id ?? name}>{children}</span>
    ),
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
  img: ({ src, alt, width, height, align }) => (
    <ArtifactImage
      src={typeof src === "string" ? src : ""}
      alt={alt ?? ""}
      inline
      attributes={{ width, height, align }}
    />
  ),
  input: ({ checked }) => (
    <input type="checkbox" checked={checked} disabled aria-label={checked ? "Done" : "Not done"} />
  ),
  pre: ({ node, children }) => (
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
  table: ({ node: _, children, ...rest }) => (
    <ScrollRegion label="Table" className="overflow-x-auto">
      <table {...rest}>{children}</table>
    </ScrollRegion>
  ),
};

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

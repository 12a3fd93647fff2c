import type { RootContent } from "hast";
import { type Components, toJsxRuntime } from "hast-util-to-jsx-runtime";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";
import { Copy } from "#app/_ui/copy";
import { ScrollRegion } from "#app/_ui/scroll-region";
import { ArtifactImage } from "../image/image";
import { textIn } from "./tree";

const COMPONENTS: Partial<Components> = {
  a: ({ node: _, href, children, ...rest }) =>
    href ? (
      <a {...rest} href={href} target={href.startsWith("#") ? undefined : "_blank"} rel="noopener noreferrer nofollow">
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  img: ({ src, alt }) => <ArtifactImage src={typeof src === "string" ? src : ""} alt={alt ?? ""} inline />,
  input: ({ checked }) => (
    <input type="checkbox" checked={checked} disabled aria-label={checked ? "Done" : "Not done"} />
  ),
  pre: ({ node, children }) => (
    <div className="code group/code">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be focusable */}
      <pre tabIndex={0}>{children}</pre>
      <Copy
        text={() => (node ? textIn(node).replace(/\n$/, "") : "")}
        label="Copy code"
        className="absolute top-2 right-2 bg-canvas opacity-0 focus-visible:opacity-100 group-hover/code:opacity-100"
      />
    </div>
  ),
  table: ({ children }) => (
    <ScrollRegion label="Table" className="overflow-x-auto">
      <table>{children}</table>
    </ScrollRegion>
  ),
};

/** Renders a parsed node as React elements. */
export function renderNode(node: RootContent) {
  return toJsxRuntime(node, { Fragment, jsx, jsxs, components: COMPONENTS, passNode: true, ignoreInvalidStyle: true });
}

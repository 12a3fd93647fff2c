"use client";

import ReactMarkdown, { type Components, defaultUrlTransform } from "react-markdown";
import remarkGfm from "remark-gfm";
import { Notice } from "#app/_ui/notice";
import { refusalOf } from "./markdown-cost";
import { Picture } from "./picture";
import { tidyMarkdown } from "./tidy-markdown";

const PLUGINS = [remarkGfm, tidyMarkdown];

const COMPONENTS: Components = {
  a: ({ href, children }) =>
    href ? (
      <a href={href} target={href.startsWith("#") ? undefined : "_blank"} rel="noopener noreferrer nofollow">
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  img: ({ src, alt }) => <Picture src={typeof src === "string" ? src : ""} alt={alt ?? ""} inline />,
  input: ({ checked }) => (
    <input type="checkbox" checked={checked} disabled aria-label={checked ? "Done" : "Not done"} />
  ),
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
  pre: ({ children }) => <pre tabIndex={0}>{children}</pre>,
};

/** Pictures may be data; every other address keeps the strict rule, under which `javascript:` and its like vanish. */
function addressOf(url: string, attribute: string): string {
  return attribute === "src" && /^data:image\//i.test(url) ? url : defaultUrlTransform(url);
}

/** GitHub-flavoured markdown; raw HTML in it is shown as text. Where rendering would freeze the page, the text as written. */
export function Markdown({ text, compact = false }: { text: string; compact?: boolean }) {
  const refusal = refusalOf(text);
  if (refusal !== null) {
    return (
      <div className="space-y-3">
        {!compact && <Notice>{refusal}</Notice>}
        <pre className="whitespace-pre-wrap break-words font-mono text-[13px] leading-5">{text}</pre>
      </div>
    );
  }
  return (
    <div className={compact ? "prose prose-compact" : "prose"}>
      <ReactMarkdown remarkPlugins={PLUGINS} components={COMPONENTS} urlTransform={addressOf}>
        {text}
      </ReactMarkdown>
    </div>
  );
}

"use client";

import dynamic from "next/dynamic";
import { parseInline } from "./inline-markdown";

const Markdown = dynamic(() => import("../markdown/markdown").then((module) => module.Markdown));

/** A description in markdown. The markdown parser is loaded only for what `parseInline` cannot read. */
export function Description({ text }: { text: string }) {
  const pieces = parseInline(text);
  if (!pieces) return <Markdown text={text} compact />;
  return (
    <div className="prose prose-compact">
      <p>
        {/* biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their position */}
        {pieces.map(({ mark: Mark, text }, at) => (Mark ? <Mark key={at}>{text}</Mark> : text))}
      </p>
    </div>
  );
}

"use client";

import dynamic from "next/dynamic";
import { parseInline } from "./inline-markdown";

const Markdown = dynamic(() => import("../_viewers/markdown/markdown").then((module) => module.Markdown));

/** A description: markdown, of which a plain sentence needs none of the machinery. */
export function Description({ text }: { text: string }) {
  const pieces = parseInline(text);
  if (!pieces) return <Markdown text={text} compact />;
  return (
    <div className="prose prose-compact">
      <p>
        {/* biome-ignore lint/suspicious/noArrayIndexKey: pieces have no name but their place */}
        {pieces.map(({ mark: Mark, text }, at) => (Mark ? <Mark key={at}>{text}</Mark> : text))}
      </p>
    </div>
  );
}

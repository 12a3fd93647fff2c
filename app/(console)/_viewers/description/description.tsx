"use client";

import dynamic from "next/dynamic";
import { ScrollRegion } from "#app/_ui/scroll-region";
import { parseInline } from "./inline-markdown";

const Markdown = dynamic(() => import("../markdown/markdown").then((module) => module.Markdown));

/** A description of more characters or lines is scrolled, so that the data below it stays within reach. */
const MAX_LENGTH = 3000;
const MAX_LINES = 30;

/** A description in markdown. */
export function Description({ text }: { text: string }) {
  const isLong = text.length > MAX_LENGTH || text.split("\n", MAX_LINES + 1).length > MAX_LINES;
  if (!isLong) return <DescriptionText text={text} />;
  return (
    <ScrollRegion label="Description" className="max-h-96 overflow-y-auto rounded-md border bg-surface px-4 py-3">
      <DescriptionText text={text} />
    </ScrollRegion>
  );
}

/** The markdown parser is loaded only for what `parseInline` cannot read. */
function DescriptionText({ text }: { text: string }) {
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

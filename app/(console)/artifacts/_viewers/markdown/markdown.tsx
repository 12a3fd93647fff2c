"use client";

import { useMemo } from "react";
import { isCheap } from "./cost";
import { renderNode } from "./elements";
import { LongMarkdown } from "./long-markdown";
import { createParser } from "./tree";
import { useParsedParts } from "./use-parts";

/**
 * GitHub-flavoured markdown; raw HTML in it is shown as text. A short text is there at once and gets its colours from a
 * worker where it holds code; one that would hold the page up is read in the worker whole.
 */
export function Markdown({ text, compact = false }: { text: string; compact?: boolean }) {
  return isCheap(text) ? (
    <ShortMarkdown text={text} compact={compact} />
  ) : (
    <LongMarkdown text={text} compact={compact} />
  );
}

function ShortMarkdown({ text, compact }: { text: string; compact: boolean }) {
  const nodes = useMemo(() => createParser({ anchors: !compact })(text), [text, compact]);
  const coded = useMemo(() => /^[ \t>]*(?:`{3,}|~{3,})[ \t]*\w/m.test(text), [text]);
  const [coloured] = useParsedParts(text, { whole: true, anchors: !compact, wanted: coded }).parts;
  const shown = coloured
    ? coloured.flatMap((block, at) => ("node" in block ? [block.node] : nodes.slice(at, at + 1)))
    : nodes;
  return (
    <div className={compact ? "prose prose-compact" : "prose"}>
      {shown.map((node, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: with its colours a block stands where it stood without
        <Node key={at} node={node} />
      ))}
    </div>
  );
}

function Node({ node }: { node: Parameters<typeof renderNode>[0] }) {
  return renderNode(node);
}

"use client";

import { useMemo } from "react";
import { isCheap } from "./cost";
import { renderNode } from "./elements";
import { LongMarkdown } from "./long-markdown";
import { createParser } from "./tree";
import { useParsedParts } from "./use-parts";

/**
 * GitHub-flavoured markdown with raw HTML shown as text. A cheap text is rendered at once, also on the server, and its
 * code is highlighted by a worker; any other is parsed in the worker.
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
  const hasCode = useMemo(() => /^[ \t>]*(?:`{3,}|~{3,})[ \t]*\w/m.test(text), [text]);
  const [highlighted] = useParsedParts(text, { whole: true, anchors: !compact, enabled: hasCode }).parts;
  const shown = highlighted
    ? highlighted.flatMap((block, at) => ("node" in block ? [block.node] : nodes.slice(at, at + 1)))
    : nodes;
  return (
    <div className={compact ? "prose prose-compact" : "prose"}>
      {shown.map((node, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: highlighting keeps the positions of blocks
        <Node key={at} node={node} />
      ))}
    </div>
  );
}

function Node({ node }: { node: Parameters<typeof renderNode>[0] }) {
  return renderNode(node);
}

"use client";

import { cloneElement, memo, type ReactNode, useEffect, useState } from "react";
import { Notice } from "#app/_ui/notice";
import { inFreeFrame } from "../shared/frames";
import { TextView } from "../text/text-view";
import { renderBlock, renderNode } from "./elements";
import type { Block, LongElement, Part } from "./parse/block";

/** Groups of blocks, rendered over several frames so that the page stays responsive. */
export const Groups = memo(function Groups({ groups, compact }: { groups: Block[][]; compact: boolean }) {
  return <Progressive parts={groups}>{(group, at) => <Group key={at} blocks={group} compact={compact} />}</Progressive>;
});

const Group = memo(function Group({ blocks, compact }: { blocks: Block[]; compact: boolean }) {
  return (
    <div data-find={compact ? "about" : "data"} className={`prose prose-part ${compact ? "prose-compact" : ""}`}>
      {blocks.map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no identity but their position
        <OneBlock key={at} block={block} />
      ))}
    </div>
  );
});

function OneBlock({ block }: { block: Block }) {
  if ("node" in block) return renderBlock(block.node);
  if ("long" in block) return <Long long={block.long} />;
  return (
    <div className="space-y-2">
      <Notice>This part is too large to render, so it's shown as source text.</Notice>
      <TextView text={block.source} label="Source text of a part" />
    </div>
  );
}

/** A long list, table or other container, rendered part by part. */
function Long({ long: { element, parts } }: { long: LongElement }) {
  return cloneElement(
    renderBlock(element),
    {},
    <Progressive parts={parts}>{(part, at) => <OnePart key={at} part={part} />}</Progressive>,
  );
}

const OnePart = memo(function OnePart({ part }: { part: Part }) {
  return Array.isArray(part) ? renderNode({ type: "root", children: part }) : <Long long={part} />;
});

/** Renders parts one after the other, as many in each frame as keep the page responsive. */
function Progressive<T>({ parts, children }: { parts: T[]; children: (part: T, at: number) => ReactNode }) {
  const [count, setCount] = useState(1);
  const isDone = count >= parts.length;
  useEffect(() => (isDone ? undefined : inFreeFrame((more) => setCount(count + more))), [count, isDone]);
  return parts.slice(0, count).map(children);
}

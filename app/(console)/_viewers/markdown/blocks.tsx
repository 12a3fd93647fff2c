"use client";

import type { Element, RootContent } from "hast";
import { cloneElement, memo, type ReactNode, useEffect, useMemo, useState } from "react";
import { Notice } from "#app/_ui/notice";
import { TextView } from "../text/text-view";
import { type Block, childrenOf, ELEMENTS_PER_FRAME, isContainer, sizeOf } from "./block";
import { renderNode } from "./elements";

/** Groups of blocks, rendered over several frames so that the page stays responsive. */
export const Groups = memo(function Groups({ groups, compact }: { groups: Block[][]; compact: boolean }) {
  const sizes = useMemo(() => groups.map(() => ELEMENTS_PER_FRAME), [groups]);
  const group = (at: number) => groups[at] && <Group key={at} blocks={groups[at]} compact={compact} />;
  return <Progressive sizes={sizes}>{group}</Progressive>;
});

const Group = memo(function Group({ blocks, compact }: { blocks: Block[]; compact: boolean }) {
  return (
    <div className={`prose prose-part ${compact ? "prose-compact" : ""}`}>
      {blocks.map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no identity but their position
        <OneBlock key={at} block={block} />
      ))}
    </div>
  );
});

function OneBlock({ block }: { block: Block }) {
  if ("node" in block) return <OneNode node={block.node} />;
  return (
    <div className="space-y-2">
      <Notice>This part is too large to render, so it's shown as source text.</Notice>
      <TextView text={block.source} label="Source text of a part" />
    </div>
  );
}

const OneNode = memo(function OneNode({ node }: { node: RootContent }) {
  return isContainer(node) && sizeOf(node) > ELEMENTS_PER_FRAME ? <LongNode node={node} /> : renderNode(node);
});

/** A long list, table or other container, rendered child by child. */
function LongNode({ node }: { node: Element }) {
  const children = useMemo(() => childrenOf(node), [node]);
  const sizes = useMemo(() => children.map((child) => Math.min(sizeOf(child), ELEMENTS_PER_FRAME)), [children]);
  return cloneElement(
    renderNode({ ...node, children: [] }),
    {},
    <Progressive sizes={sizes}>{(at) => children[at] && <OneNode key={at} node={children[at]} />}</Progressive>,
  );
}

/** Renders children over several frames, in each as many as have together at most ELEMENTS_PER_FRAME elements. */
function Progressive({ sizes, children }: { sizes: number[]; children: (at: number) => ReactNode }) {
  const [count, setCount] = useState(() => nextCount(sizes, 0));
  const isDone = count >= sizes.length;
  useEffect(
    () => (isDone ? undefined : inNextFreeFrame(() => setCount(nextCount(sizes, count)))),
    [sizes, count, isDone],
  );
  return sizes.slice(0, count).map((_, at) => children(at));
}

function nextCount(sizes: number[], from: number): number {
  let sum = 0;
  let at = from;
  while (at < sizes.length && (sum === 0 || sum + (sizes[at] ?? 0) <= ELEMENTS_PER_FRAME)) {
    sum += sizes[at] ?? 0;
    at += 1;
  }
  return at;
}

/** Callbacks of later frames, of which each runs one. */
const waiting = new Set<() => void>();
let frame = 0;

function runFirst(): void {
  const [first] = waiting;
  if (first) waiting.delete(first);
  frame = waiting.size > 0 ? requestAnimationFrame(runFirst) : 0;
  first?.();
}

/** Runs a callback in a frame of its own, after those that wait already. Returns how to cancel it. */
function inNextFreeFrame(callback: () => void): () => void {
  waiting.add(callback);
  if (frame === 0) frame = requestAnimationFrame(runFirst);
  return () => waiting.delete(callback);
}

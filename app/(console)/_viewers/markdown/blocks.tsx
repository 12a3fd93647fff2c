"use client";

import type { Element, ElementContent, RootContent } from "hast";
import { memo, type ReactNode, useEffect, useMemo, useState } from "react";
import { Notice } from "#app/_ui/notice";
import { ScrollRegion } from "#app/_ui/scroll-region";
import { TextView } from "../text/text-view";
import { type Block, sizeOf } from "./block";
import { renderNode } from "./elements";

const ELEMENTS_PER_FRAME = 400;

/** The blocks of a part of a document, rendered over several frames so that the page stays responsive. */
export const Blocks = memo(function Blocks({ blocks }: { blocks: Block[] }) {
  return (
    <div className="prose prose-part">
      <Progressive
        sizes={blocks.map((block) =>
          "node" in block ? Math.min(block.elements, ELEMENTS_PER_FRAME) : ELEMENTS_PER_FRAME,
        )}
      >
        {(at) => blocks[at] && <OneBlock key={at} block={blocks[at]} />}
      </Progressive>
    </div>
  );
});

const OneBlock = memo(function OneBlock({ block }: { block: Block }) {
  if ("node" in block)
    return block.elements > ELEMENTS_PER_FRAME ? <LongBlock node={block.node} /> : renderNode(block.node);
  return (
    <div className="space-y-2">
      <Notice>This part is too large to render, so it's shown as source text.</Notice>
      <TextView text={block.source} label="Source text of a part" />
    </div>
  );
});

/** A long list or table, rendered by its items or rows. */
function LongBlock({ node }: { node: RootContent }) {
  if (node.type !== "element") return renderNode(node);
  if (node.tagName === "table") return <LongTable table={node} />;
  if (node.tagName !== "ul" && node.tagName !== "ol") return renderNode(node);
  const { start, className } = node.properties;
  const List = node.tagName;
  return (
    <List
      className={Array.isArray(className) ? className.join(" ") : undefined}
      start={typeof start === "number" ? start : undefined}
    >
      <Nodes nodes={node.children} />
    </List>
  );
}

function LongTable({ table }: { table: Element }) {
  const body = table.children.find((child) => child.type === "element" && child.tagName === "tbody");
  return (
    <ScrollRegion label="Table" className="overflow-x-auto">
      <table>
        <Nodes nodes={table.children.filter((child) => child !== body)} />
        <tbody>{body?.type === "element" && <Nodes nodes={body.children} />}</tbody>
      </table>
    </ScrollRegion>
  );
}

function Nodes({ nodes }: { nodes: ElementContent[] }) {
  const sizes = useMemo(() => nodes.map(sizeOf), [nodes]);
  return <Progressive sizes={sizes}>{(at) => nodes[at] && <OneNode key={at} node={nodes[at]} />}</Progressive>;
}

const OneNode = memo(function OneNode({ node }: { node: ElementContent }) {
  return renderNode(node);
});

/** Renders children over several frames, in each as many as have together at most ELEMENTS_PER_FRAME elements. */
function Progressive({ sizes, children }: { sizes: number[]; children: (at: number) => ReactNode }) {
  const [count, setCount] = useState(() => nextCount(sizes, 0));
  useEffect(() => {
    if (count >= sizes.length) return;
    const frame = requestAnimationFrame(() => setCount(nextCount(sizes, count)));
    return () => cancelAnimationFrame(frame);
  });
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

import type { PDFDocumentProxy } from "pdfjs-dist";
import { useEffect, useState } from "react";
import { safeUrl } from "./links";

/** An entry of a document's table of contents. */
export interface OutlineEntry {
  title: string;
  /** From 0, at most 5. */
  depth: number;
  href: string | null;
  destination: unknown;
}

type Node = Awaited<ReturnType<PDFDocumentProxy["getOutline"]>>[number];

/** So many entries are listed at most. */
const MAX_ENTRIES = 2_000;
const MAX_DEPTH = 5;
/** In characters. */
const MAX_TITLE = 300;

/** The table of contents of a document in order, empty without one. */
export function useOutline(document: PDFDocumentProxy): readonly OutlineEntry[] {
  const [entries, setEntries] = useState<readonly OutlineEntry[]>([]);
  useEffect(() => {
    let isCurrent = true;
    // A damaged one is none; the pages do not need it.
    document.getOutline().then(
      (nodes) => isCurrent && setEntries(listed(nodes ?? [])),
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [document]);
  return entries;
}

/** The nodes of a tree in order. */
export function listed(nodes: readonly Node[]): OutlineEntry[] {
  const entries: OutlineEntry[] = [];
  const left = nodes.map((node) => ({ node, depth: 0 })).reverse();
  for (let next = left.pop(); next && entries.length < MAX_ENTRIES; next = left.pop()) {
    const { node, depth } = next;
    const title = node.title.replace(/\s+/g, " ").trim().slice(0, MAX_TITLE);
    const href = safeUrl(node.url);
    if (title !== "") entries.push({ title, depth: Math.min(depth, MAX_DEPTH), href, destination: node.dest });
    for (const child of node.items.toReversed()) left.push({ node: child, depth: depth + 1 });
  }
  return entries;
}

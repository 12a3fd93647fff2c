"use client";

import { type ReactNode, useMemo, useRef, useState } from "react";
import { Button } from "#app/_ui/button";
import { Notice } from "#app/_ui/notice";
import { type Cell, findableText } from "#formats/notebook/notebook";
import { formatCount, pluralize } from "#formats/number";
import { FindContext, useFindSource } from "../find/find-context";
import { linesOf } from "../shared/lines";
import { usePrinting } from "../shared/use-printing";
import type { ViewerProps } from "../shared/viewer-props";
import { CellView } from "./cell";
import { InView } from "./in-view";
import { useNotebook } from "./use-notebook";

/** Further cells are shown on request. */
const MAX_CELLS = 1_000;
/** So many cells are rendered at once; further ones when they come into view. */
const IMMEDIATE = 30;

const encoder = new TextEncoder();

/** The cells of a notebook in order, each with what it put out. Nothing in it runs. */
export function NotebookView({
  artifact,
  text,
  Part,
  fallback,
}: Pick<ViewerProps, "artifact" | "text" | "Part"> & {
  /** What is shown of a text that is not a notebook, by the reason. */
  fallback: (problem: string) => ReactNode;
}) {
  const { head, cells, problem } = useNotebook(text);
  const [most, setMost] = useState(MAX_CELLS);
  const [revealed, setRevealed] = useState(-1);
  const list = useRef<HTMLOListElement>(null);
  const isPrinting = usePrinting();
  const shown = useMemo(() => cells.slice(0, most), [cells, most]);
  const { lines, firstLines } = useMemo(() => searchable(shown), [shown]);
  useFindSource(
    useMemo(() => ({ kind: "lines" as const, lines }), [lines]),
    ({ at }) => {
      const cell = firstLines.findLastIndex((first) => first <= at);
      setRevealed(cell);
      list.current?.children[cell]?.scrollIntoView({ block: "nearest" });
    },
  );
  if (problem !== null) return fallback(problem);
  if (!head) {
    return (
      <p role="status" className="py-14 text-center text-faint">
        Reading the notebook…
      </p>
    );
  }
  return (
    <div className="space-y-4">
      <p className="text-faint text-sm tabular-nums">
        {head.kernel} · {pluralize(head.count, "cell")}
      </p>
      {head.count === 0 && <p className="py-6 text-center text-faint">This notebook has no cells.</p>}
      <FindContext value={null}>
        <ol ref={list} data-find="rendered" aria-label="Cells" className="space-y-4">
          {shown.map((cell, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: cells have no identity but their position
            <li key={at} aria-label={`Cell ${at + 1}`} className="min-w-0 scroll-my-24">
              <InView height={heightOf(cell)} isForced={at < IMMEDIATE || at === revealed || isPrinting}>
                <CellView artifact={artifact} cell={cell} at={at} Part={Part} />
              </InView>
            </li>
          ))}
        </ol>
      </FindContext>
      {cells.length < head.count && cells.length < most && (
        <p role="status" className="text-center text-faint text-sm">
          Reading…
        </p>
      )}
      {head.count > most && cells.length >= most && (
        <Notice action={<Button onClick={() => setMost(most + MAX_CELLS)}>Show more</Button>}>
          The first {formatCount(most)} of {formatCount(head.count)} cells are shown.
        </Notice>
      )}
    </div>
  );
}

/** The lines of all cells, and the first line of each. */
function searchable(cells: readonly Cell[]) {
  const texts = cells.map(findableText);
  const firstLines: number[] = [];
  let line = 0;
  for (const text of texts) {
    firstLines.push(line);
    line += text.split("\n").length;
  }
  return { lines: linesOf(encoder.encode(texts.join("\n"))), firstLines };
}

/** In pixels, about: what a cell that isn't rendered takes. */
function heightOf(cell: Cell): number {
  const lines = Math.min(cell.source.split("\n").length, 60);
  if (cell.kind !== "code") return 24 + lines * 24;
  const outputs = cell.outputs.map((output) => {
    if (output.kind === "text") return Math.min(output.text.split("\n").length * 20 + 16, 400);
    return output.kind === "html" ? 240 : 320;
  });
  return 32 + lines * 20 + outputs.reduce((sum, each) => sum + each, 0);
}

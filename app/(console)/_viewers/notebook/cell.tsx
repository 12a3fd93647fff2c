"use client";

import { memo, useContext, useMemo } from "react";
import { Copy } from "#app/_ui/copy";
import { Markdown } from "../markdown/markdown";
import { RelativeLinksContext } from "../shared/relative-links";
import type { ViewerProps } from "../shared/viewer-props";
import { TableScope } from "../table/query/table-scope";
import { Runs } from "../text/runs";
import { TextView } from "../text/text-view";
import { OutputView } from "./output-view";
import { useAttachments } from "./use-attachments";
import type { ColouredCell } from "./worker";

/** In lines: longer code is in a box that scrolls, and only what is in view of it is rendered. */
const MAX_LINES = 1_000;
const ROW = "grid grid-cols-[minmax(0,1fr)] gap-x-3 sm:grid-cols-[3.25rem_minmax(0,1fr)]";

export const CellView = memo(function CellView({
  artifact,
  cell,
  at,
  Part,
}: Pick<ViewerProps, "artifact" | "Part"> & { cell: ColouredCell; at: number }) {
  const scope = useContext(TableScope);
  if (cell.kind === "markdown") return <MarkdownCell cell={cell} />;
  if (cell.kind === "raw") {
    return (
      <div className={ROW}>
        <span />
        <pre className="overflow-x-auto whitespace-pre-wrap break-words font-mono text-[13px] text-soft leading-5">
          {cell.source}
        </pre>
      </div>
    );
  }
  return (
    <div className={`${ROW} gap-y-2`}>
      <Count count={cell.count} />
      <Code cell={cell} />
      {cell.outputs.map((output, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: outputs have no identity but their position
        <TableScope key={number} value={`${scope}${at + 1}-${number + 1}-`}>
          <div className="min-w-0 sm:col-start-2">
            <OutputView
              name={`Output ${number + 1} of cell ${at + 1}`}
              artifact={artifact}
              output={output}
              Part={Part}
            />
          </div>
        </TableScope>
      ))}
    </div>
  );
});

function MarkdownCell({ cell: { source, attachments } }: { cell: Extract<ColouredCell, { kind: "markdown" }> }) {
  const { text, links } = useAttachments(source, attachments);
  if (source.trim() === "") return null;
  return (
    <div className={ROW}>
      <span />
      <div className="min-w-0">
        <RelativeLinksContext value={links}>
          <Markdown text={text} />
        </RelativeLinksContext>
      </div>
    </div>
  );
}

function Count({ count }: { count: number | null }) {
  return (
    <span className="pt-2.5 text-right font-mono text-faint text-xs tabular-nums max-sm:text-left">
      <span className="sr-only">{count === null ? "Not run" : "Run "}</span>
      <span aria-hidden>[</span>
      {count ?? " "}
      <span aria-hidden>]</span>
    </span>
  );
}

function Code({ cell: { source, lines } }: { cell: Extract<ColouredCell, { kind: "code" }> }) {
  const written = useMemo(() => source.split("\n"), [source]);
  if (written.length > MAX_LINES) return <TextView text={source} label="Code" />;
  return (
    <div className="group/code relative min-w-0 rounded-md border bg-surface">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be focusable */}
      <pre tabIndex={0} className="min-h-9 overflow-x-auto px-3 py-2 font-mono text-[13px] leading-5 [tab-size:4]">
        <code>
          {written.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their position
            <span key={at} className="block min-h-5">
              {lines?.[at] ? <Runs runs={lines[at]} /> : line}
            </span>
          ))}
        </code>
      </pre>
      <Copy
        text={source}
        label="Copy code"
        className="absolute top-1.5 right-1.5 bg-surface opacity-0 focus-visible:opacity-100 group-hover/code:opacity-100"
      />
    </div>
  );
}

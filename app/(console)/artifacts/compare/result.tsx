"use client";

import { type ReactNode, useRef } from "react";
import { Button } from "#app/_ui/button";
import { useMedia } from "#app/_ui/media";
import { Notice } from "#app/_ui/notice";
import { summaryOf } from "#diff/summary";
import { formatBytes } from "#formats/number";
import { loadingText } from "../../_viewers/shared/data-status";
import { Changes, otherChangesOf } from "../_compare/differences";
import { MAX_COMPARED_BYTES, useComparison } from "../_compare/use-comparison";
import type { Side } from "../_compare/use-side";
import type { CompareView } from "../_compare/view";
import { SummaryBar } from "./summary-bar";

/** Where there is room for texts beside each other; as the prefix `lg` of styles. */
const WIDE = "(min-width: 64rem)";

interface Props {
  from: Side;
  to: Side;
  view: CompareView;
  onView: (part: Partial<CompareView>) => void;
}

/** The differences between two versions: a summary, then every change. */
export function Result({ from, to, view: requested, onView }: Props) {
  const isWide = useMedia(WIDE, false);
  const view: CompareView = requested.show === "split" && !isWide ? { ...requested, show: "source" } : requested;
  const body = useRef<HTMLDivElement>(null);
  const size = from.size + to.size;
  const { data, error, refetch, progress, isPlaceholderData } = useComparison(from, to, view);
  if (size > MAX_COMPARED_BYTES) {
    return (
      <Message>
        These versions are {formatBytes(size)} together; the limit is {formatBytes(MAX_COMPARED_BYTES)}. Download both
        to compare them.
      </Message>
    );
  }
  if (error) {
    return (
      <div className="mt-6">
        <Notice tone="danger" action={<Button onClick={() => refetch()}>Retry</Button>}>
          {error.message}
        </Notice>
      </div>
    );
  }
  if (!data)
    return (
      <Message>{progress.loaded < size ? loadingText(progress, size) : `Comparing ${formatBytes(size)}…`}</Message>
    );
  const otherChanges = otherChangesOf(data);
  const isMarkdown = from.type === "markdown" && to.type === "markdown";
  const hasText = data.data.kind === "text" || data.description.kind === "text";
  const hasMarkdown = (isMarkdown && data.data.kind === "text") || data.description.kind === "text";
  const typeChange = from.type === to.type ? null : `Type changed from ${from.type ?? "none"} to ${to.type ?? "none"}`;
  return (
    <>
      <SummaryBar
        summary={summaryOf(data.data)}
        otherChanges={otherChanges.map(({ name }) => name)}
        typeChange={typeChange}
        comparison={data}
        canSplit={hasText && isWide}
        hasMarkdown={hasMarkdown}
        view={view}
        onView={onView}
        body={body}
      />
      <div ref={body} aria-busy={isPlaceholderData} className="space-y-8 aria-busy:opacity-60">
        <Changes from={from} to={to} comparison={data} view={view} onView={onView} isWhole />
      </div>
    </>
  );
}

function Message({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="mt-5 rounded-lg border border-edge border-dashed px-4 py-14 text-center text-soft">
      {children}
    </p>
  );
}

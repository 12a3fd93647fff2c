"use client";

import dynamic from "next/dynamic";
import { useRef } from "react";
import { loadCode } from "#app/_data/connection";
import { useMedia } from "#app/_ui/media";
import { isFileType } from "#contract/file-type";
import { summaryOf } from "#diff/summary";
import { ComparisonStatus } from "../_compare/comparison-status";
import { Changes, otherChangesOf, typeChangeOf } from "../_compare/differences";
import { useComparison } from "../_compare/use-comparison";
import type { Side } from "../_compare/use-side";
import type { CompareView } from "../_compare/view";
import { SummaryBar } from "./summary-bar";

const FileDifferences = dynamic(() =>
  loadCode(() => import("./files/file-differences")).then((module) => module.FileDifferences),
);

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
  const comparison = useComparison(from, to, view, { keepsRunning: true });
  const { data, error, isPlaceholderData } = comparison;
  if (error || !data) {
    return (
      <div className="mt-5">
        <ComparisonStatus
          size={from.size + to.size}
          comparison={comparison}
          className="rounded-lg border border-edge border-dashed px-4 py-14 text-center text-soft"
        />
      </div>
    );
  }
  const otherChanges = otherChangesOf(data);
  const isMarkdown = from.type === "markdown" && to.type === "markdown";
  const isOfFiles = isFileType(from.type) && isFileType(to.type);
  const hasText =
    isOfFiles || data.data.kind === "text" || data.data.kind === "parts" || data.description.kind === "text";
  const hasMarkdown = isOfFiles || (isMarkdown && data.data.kind === "text") || data.description.kind === "text";
  return (
    <>
      <SummaryBar
        summary={isOfFiles && data.data.kind !== "same" ? "Files differ" : summaryOf(data.data)}
        otherChanges={otherChanges.map(({ name }) => name)}
        typeChange={typeChangeOf(from, to)}
        comparison={data}
        hasOptions={!isOfFiles}
        canSplit={hasText && isWide}
        hasMarkdown={hasMarkdown}
        view={view}
        onView={onView}
        body={body}
      />
      <div ref={body} aria-busy={isPlaceholderData} className="space-y-8 aria-busy:opacity-60">
        <Changes
          from={from}
          to={to}
          comparison={data}
          view={view}
          onView={onView}
          files={isOfFiles ? <FileDifferences from={from} to={to} show={view.show} /> : undefined}
          isWhole
        />
      </div>
    </>
  );
}

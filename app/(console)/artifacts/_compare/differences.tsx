"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { loadCode } from "#app/_data/connection";
import { Notice } from "#app/_ui/notice";
import type { Artifact } from "#contract/artifact";
import type { Difference, Same } from "#diff/difference";
import { summaryOf } from "#diff/summary";
import { NumberDifference } from "./changes/numbers";
import { ComparisonStatus } from "./comparison-status";
import { useComparison } from "./use-comparison";
import type { Side } from "./use-side";
import type { CompareView } from "./view";
import type { Comparison } from "./worker";

const TextDifference = dynamic(() => loadCode(() => import("./changes/text")).then((module) => module.TextDifference));
const RenderedDifference = dynamic(() =>
  loadCode(() => import("./changes/rendered/rendered")).then((module) => module.RenderedDifference),
);
const TableDifference = dynamic(() =>
  loadCode(() => import("./changes/table")).then((module) => module.TableDifference),
);
const JsonDifference = dynamic(() => loadCode(() => import("./changes/json")).then((module) => module.JsonDifference));
const PartsDifference = dynamic(() =>
  loadCode(() => import("./changes/parts")).then((module) => module.PartsDifference),
);
const ImageDifference = dynamic(() =>
  loadCode(() => import("./changes/images")).then((module) => module.ImageDifference),
);

/** How versions are compared where nothing is chosen. */
const PLAIN: CompareView = {
  from: "",
  to: "",
  "from-revision": null,
  "to-revision": null,
  as: null,
  by: [],
  match: "key",
  tolerance: "exact",
  order: "table",
  renamed: [],
  show: "source",
};

/** The differences of one of many pairs, where columns that were probably renamed are the only choice. */
export function Differences({
  from,
  to,
  show,
  same,
}: {
  from: Side;
  to: Side;
  /** That of the page. */
  show?: CompareView["show"];
  /** What is said besides where the data is the same. */
  same?: ReactNode;
}) {
  const [choices, setView] = useState(PLAIN);
  const view = show === undefined ? choices : { ...choices, show };
  const comparison = useComparison(from, to, view, { keepsRunning: false });
  const { data, error, isPlaceholderData } = comparison;
  if (error || !data) return <ComparisonStatus size={from.size + to.size} comparison={comparison} />;
  const typeChange = typeChangeOf(from, to);
  return (
    <div aria-busy={isPlaceholderData} className="space-y-6 aria-busy:opacity-60">
      <p className="text-soft">{typeChange ? `${summaryOf(data.data)} · ${typeChange}` : summaryOf(data.data)}</p>
      <Changes from={from} to={to} comparison={data} view={view} onView={(part) => setView({ ...view, ...part })} />
      {data.data.kind === "same" && same}
    </div>
  );
}

/** What else than the data changed. */
export function otherChangesOf({ description, metadata }: Comparison): { name: string; difference: Difference }[] {
  return [
    { name: "Description", difference: description },
    { name: "Metadata", difference: metadata },
  ].filter(({ difference }) => difference.kind !== "same");
}

/** How the type changed; null where it is the same. */
export function typeChangeOf(from: Side, to: Side): string | null {
  return from.type === to.type ? null : `Type changed from ${from.type ?? "none"} to ${to.type ?? "none"}`;
}

interface Props {
  from: Side;
  to: Side;
  comparison: Comparison;
  view: CompareView;
  onView: (part: Partial<CompareView>) => void;
  /** In place of the data of versions that have files. */
  files?: ReactNode;
  /** Whether it is the only comparison of its page, with parts that links lead to. */
  isWhole?: boolean;
}

/** Every change: of the data, the description and the metadata. */
export function Changes({ from, to, comparison, view, onView, files, isWhole = false }: Props) {
  const otherChanges = otherChangesOf(comparison);
  const isMarkdown = from.type === "markdown" && to.type === "markdown";
  return (
    <>
      {comparison.notes.length > 0 && (
        <div className="space-y-2">
          {comparison.notes.map((note) => (
            <Notice key={note} tone="warn">
              {note}
            </Notice>
          ))}
        </div>
      )}
      {comparison.data.kind !== "same" ? (
        <Section name={files ? "Files" : "Data"} isWhole={isWhole}>
          {files ?? (
            <ChangeView
              difference={comparison.data}
              names={[altOf(from), altOf(to)]}
              isMarkdown={isMarkdown}
              view={view}
              onView={onView}
            />
          )}
        </Section>
      ) : (
        isWhole && (
          <p
            role="status"
            className="mt-5 rounded-lg border border-edge border-dashed px-4 py-14 text-center text-soft"
          >
            {sameText(comparison.data, otherChanges.length > 0)}
          </p>
        )
      )}
      {otherChanges.map(({ name, difference }) => (
        <Section key={name} name={name} isWhole={isWhole}>
          <ChangeView
            difference={difference}
            names={[name, name]}
            isMarkdown={name === "Description"}
            view={view}
            onView={onView}
          />
        </Section>
      ))}
    </>
  );
}

function sameText(same: Same, hasOtherChanges: boolean): string {
  if (same.order !== undefined || same.within !== undefined) return `${summaryOf(same)}.`;
  return hasOtherChanges ? "The data is identical." : "Both versions are identical.";
}

function ChangeView({
  difference,
  names,
  isMarkdown,
  view,
  onView,
}: Pick<Props, "view" | "onView"> & { difference: Difference; names: [string, string]; isMarkdown: boolean }) {
  switch (difference.kind) {
    case "text":
      if (isMarkdown && view.show === "rendered") return <RenderedDifference difference={difference} />;
      return <TextDifference difference={difference} isSplit={view.show === "split"} />;
    case "table":
      return (
        <TableDifference
          difference={difference}
          onAccept={(offer) => onView({ renamed: [...view.renamed, offer.from, offer.to] })}
        />
      );
    case "json":
      return <JsonDifference difference={difference} />;
    case "parts":
      return <PartsDifference difference={difference} isSplit={view.show === "split"} />;
    case "images":
      return <ImageDifference difference={difference} names={names} />;
    case "numbers":
      return <NumberDifference difference={difference} />;
    case "same":
      return null;
  }
}

function Section({ name, isWhole, children }: { name: string; isWhole: boolean; children: ReactNode }) {
  return (
    <section
      id={isWhole ? name.toLowerCase() : undefined}
      aria-label={isWhole ? name : undefined}
      className="scroll-mt-32"
    >
      <h2 className="mb-2 font-medium text-sm">{name}</h2>
      {children}
    </section>
  );
}

function altOf({ key, version }: Artifact): string {
  return key === null ? "Image" : `${key} v${version}`;
}

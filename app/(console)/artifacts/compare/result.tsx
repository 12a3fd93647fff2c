"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useRef } from "react";
import { loadCode } from "#app/_data/connection";
import { Button } from "#app/_ui/button";
import { useMedia } from "#app/_ui/media";
import { Notice } from "#app/_ui/notice";
import type { Artifact } from "#contract/artifact";
import type { Difference, Same } from "#diff/difference";
import { summaryOf } from "#diff/summary";
import { formatBytes } from "#formats/number";
import { loadingText } from "../../_viewers/shared/data-status";
import { NumberDifference } from "./changes/numbers";
import { SummaryBar } from "./summary-bar";
import { MAX_COMPARED_BYTES, useComparison } from "./use-comparison";
import type { Side } from "./use-side";
import type { CompareView } from "./view";

const TextDifference = dynamic(() => loadCode(() => import("./changes/text")).then((module) => module.TextDifference));
const RenderedDifference = dynamic(() =>
  loadCode(() => import("./changes/rendered/rendered")).then((module) => module.RenderedDifference),
);
const TableDifference = dynamic(() =>
  loadCode(() => import("./changes/table")).then((module) => module.TableDifference),
);
const JsonDifference = dynamic(() => loadCode(() => import("./changes/json")).then((module) => module.JsonDifference));
const ImageDifference = dynamic(() =>
  loadCode(() => import("./changes/images")).then((module) => module.ImageDifference),
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
  const otherChanges = [
    { name: "Description", difference: data.description },
    { name: "Metadata", difference: data.metadata },
  ].filter(({ difference }) => difference.kind !== "same");
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
        {data.notes.length > 0 && (
          <div className="space-y-2">
            {data.notes.map((note) => (
              <Notice key={note} tone="warn">
                {note}
              </Notice>
            ))}
          </div>
        )}
        {data.data.kind !== "same" ? (
          <Section name="Data">
            <ChangeView
              difference={data.data}
              names={[altOf(from), altOf(to)]}
              isMarkdown={isMarkdown}
              view={view}
              onView={onView}
            />
          </Section>
        ) : (
          <Message>{sameText(data.data, otherChanges.length > 0)}</Message>
        )}
        {otherChanges.map(({ name, difference }) => (
          <Section key={name} name={name}>
            <ChangeView
              difference={difference}
              names={[name, name]}
              isMarkdown={name === "Description"}
              view={view}
              onView={onView}
            />
          </Section>
        ))}
      </div>
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
    case "images":
      return <ImageDifference difference={difference} names={names} />;
    case "numbers":
      return <NumberDifference difference={difference} />;
    case "same":
      return null;
  }
}

function Section({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section id={name.toLowerCase()} aria-label={name} className="scroll-mt-32">
      <h2 className="mb-2 font-medium text-sm">{name}</h2>
      {children}
    </section>
  );
}

function Message({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="mt-5 rounded-lg border border-edge border-dashed px-4 py-14 text-center text-soft">
      {children}
    </p>
  );
}

function altOf({ key, version }: Artifact): string {
  return key === null ? "Image" : `${key} v${version}`;
}

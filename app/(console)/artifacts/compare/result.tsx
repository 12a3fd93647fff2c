"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { type ReactNode, useRef } from "react";
import { Button } from "#app/_ui/button";
import { Notice } from "#app/_ui/notice";
import type { Artifact } from "#contract/artifact";
import type { Difference, Same } from "#diff/difference";
import { summaryOf } from "#diff/summary";
import { formatBytes } from "#formats/number";
import { NumberDifference } from "./changes/numbers";
import { comparisonQuery, MAX_COMPARED_BYTES } from "./comparison-query";
import { SummaryBar } from "./summary-bar";
import type { CompareView } from "./view";

const TextDifference = dynamic(() => import("./changes/text").then((module) => module.TextDifference));
const TableDifference = dynamic(() => import("./changes/table").then((module) => module.TableDifference));
const JsonDifference = dynamic(() => import("./changes/json").then((module) => module.JsonDifference));
const ImageDifference = dynamic(() => import("./changes/images").then((module) => module.ImageDifference));

interface Props {
  from: Artifact;
  to: Artifact;
  view: CompareView;
  onView: (part: Partial<CompareView>) => void;
}

/** The differences between two versions: a summary, then every change. */
export function Result({ from, to, view, onView }: Props) {
  const body = useRef<HTMLDivElement>(null);
  const size = from.size + to.size;
  const { data, error, refetch } = useQuery({
    ...comparisonQuery(from, to, view),
    enabled: size <= MAX_COMPARED_BYTES,
  });
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
  if (!data) return <Message>Comparing {formatBytes(size)}…</Message>;
  const otherChanges = [
    { name: "Description", difference: data.description },
    { name: "Metadata", difference: data.metadata },
  ].filter(({ difference }) => difference.kind !== "same");
  const typeChange = from.type === to.type ? null : `Type changed from ${from.type ?? "none"} to ${to.type ?? "none"}`;
  return (
    <>
      <SummaryBar
        summary={summaryOf(data.data)}
        otherChanges={otherChanges.map(({ name }) => name)}
        typeChange={typeChange}
        comparison={data}
        view={view}
        onView={onView}
        body={body}
      />
      <div ref={body} className="space-y-8">
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
            <ChangeView difference={data.data} names={[altOf(from), altOf(to)]} />
          </Section>
        ) : (
          <Message>{sameText(data.data, otherChanges.length > 0)}</Message>
        )}
        {otherChanges.map(({ name, difference }) => (
          <Section key={name} name={name}>
            <ChangeView difference={difference} names={[name, name]} />
          </Section>
        ))}
      </div>
    </>
  );
}

function sameText(same: Same, hasOtherChanges: boolean): string {
  if (same.order !== undefined) return `${summaryOf(same)}.`;
  return hasOtherChanges ? "The data is identical." : "Both versions are identical.";
}

function ChangeView({ difference, names }: { difference: Difference; names: [string, string] }) {
  switch (difference.kind) {
    case "text":
      return <TextDifference difference={difference} />;
    case "table":
      return <TableDifference difference={difference} />;
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

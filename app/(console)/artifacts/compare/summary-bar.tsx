"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import type { RefObject } from "react";
import { Button } from "#app/_ui/button";
import { useJumps } from "../_compare/changes/jumps";
import { Segments } from "../_compare/changes/segments";
import type { CompareView } from "../_compare/view";
import type { Comparison } from "../_compare/worker";
import { OptionsMenu } from "./options-menu";

const UNIFIED = { value: "source", label: "Unified" } as const;
const SPLIT = { value: "split", label: "Side by side" } as const;
const RENDERED = { value: "rendered", label: "Rendered" } as const;

/** The sticky summary of the differences, with the diff mode and the buttons that go from change to change. */
export function SummaryBar({
  summary,
  otherChanges,
  typeChange,
  comparison,
  hasOptions,
  canSplit,
  hasMarkdown,
  view,
  onView,
  body,
}: {
  summary: string;
  /** The names of the changed fields beside the data, which have sections below it. */
  otherChanges: string[];
  typeChange: string | null;
  comparison: Comparison;
  /** Whether there may be several ways to compare the data. */
  hasOptions: boolean;
  /** Whether there is text, and room for two of them. */
  canSplit: boolean;
  /** Whether there is markdown, which can be shown rendered. */
  hasMarkdown: boolean;
  view: CompareView;
  onView: (part: Partial<CompareView>) => void;
  body: RefObject<HTMLElement | null>;
}) {
  const { at, all, next, previous } = useJumps(body);
  const layouts = [UNIFIED, ...(canSplit ? [SPLIT] : []), ...(hasMarkdown ? [RENDERED] : [])];
  return (
    <div className="sticky top-12 z-[5] -mx-1 mt-5 mb-5 flex flex-wrap items-center gap-2 border-b bg-canvas px-1 py-2.5">
      <p role="status" className="min-w-0 flex-1 basis-64 font-medium tabular-nums max-sm:basis-full">
        {summary}
        {otherChanges.map((name) => (
          <span key={name} className="font-normal text-soft">
            {" · "}
            <a href={`#${name.toLowerCase()}`} className="hover:text-ink hover:underline">
              {name} changed
            </a>
          </span>
        ))}
        {typeChange && <span className="font-normal text-soft"> · {typeChange}</span>}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        {layouts.length > 1 && (
          <Segments
            label="Text"
            value={layouts.some(({ value }) => value === view.show) ? view.show : "source"}
            options={layouts}
            onPick={(show) => onView({ show })}
          />
        )}
        {hasOptions && <OptionsMenu comparison={comparison} view={view} onView={onView} />}
        {(comparison.data.kind !== "same" || otherChanges.length > 0) && (
          <div className="flex items-center">
            {at > 0 && <span className="mr-2 text-faint text-sm tabular-nums">{`${at} of ${all}`}</span>}
            <Button
              className="rounded-r-none px-2"
              aria-keyshortcuts="p"
              title="Previous change (p)"
              onClick={previous}
            >
              <ChevronUp aria-hidden className="size-4" />
              <span className="sr-only">Previous change</span>
            </Button>
            <Button
              className="rounded-l-none border-l-0 px-2"
              aria-keyshortcuts="n"
              title="Next change (n)"
              onClick={next}
            >
              <ChevronDown aria-hidden className="size-4" />
              <span className="sr-only">Next change</span>
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

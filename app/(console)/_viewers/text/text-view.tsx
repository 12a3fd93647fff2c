"use client";

import dynamic from "next/dynamic";
import { loadCode } from "#app/_data/connection";
import { ScrollRegion } from "#app/_ui/scroll-region";
import { NoContent } from "../shared/data-status";
import type { ViewerProps } from "../shared/viewer-props";
import { hasEscapes } from "./escapes";

const ColouredText = dynamic(() => loadCode(() => import("./coloured-text")).then((module) => module.ColouredText));
const LongText = dynamic(() => loadCode(() => import("./lines-view")).then((module) => module.LongText));

/** In characters. Of a longer text only the rows in view are rendered. */
const MAX_STATIC = 50_000;

export function TextViewer({ data }: ViewerProps) {
  return data === "" ? <NoContent /> : <TextView text={String(data)} label="Text" bare />;
}

/**
 * Preformatted text, in the colours of its escape sequences or, if it is long, without them; `bare` without a frame.
 */
export function TextView({ text, label, bare = false }: { text: string; label: string; bare?: boolean }) {
  if (text.length > MAX_STATIC) return <LongText text={text} label={label} />;
  return (
    <ScrollRegion
      label={label}
      className={`max-h-[72vh] overflow-auto ${bare ? "" : "min-h-24 rounded-md border bg-surface p-3"}`}
    >
      <pre data-find="data" className="whitespace-pre-wrap break-words font-mono text-[13px] leading-5">
        {hasEscapes(text) ? <ColouredText text={text} /> : text}
      </pre>
    </ScrollRegion>
  );
}

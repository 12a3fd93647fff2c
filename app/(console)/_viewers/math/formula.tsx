"use client";

import katex from "katex";
import "katex/dist/katex.min.css";
import { useMemo } from "react";
import type { ViewerProps } from "../shared/viewer-props";

/** In characters; a longer formula is shown as its source. */
const MAX_LENGTH = 5_000;

/**
 * Commands that define others, as KaTeX limits how often those are expanded but not to what, those with names that it keeps
 * to itself, and those that write to the console.
 */
const REFUSED =
  /\\(?:(?:[gex]?def|(?:new|renew|provide)command|let|futurelet|global|long|(?:err)?message|show)(?![a-z@])|[a-z]*@)/i;

/** Without `trust`, no formula has links, images, classes or styles of its own. Sizes are in em. */
const OPTIONS = { throwOnError: true, trust: false, strict: "ignore", maxSize: 20, maxExpand: 500 } as const;

export function MathViewer({ data }: ViewerProps) {
  return (
    <div className="py-4">
      <Formula source={String(data)} display />
    </div>
  );
}

/** A formula in TeX; its source, with the reason, where KaTeX can't read it. */
export function Formula({ source, display }: { source: string; display: boolean }) {
  const { html, problem } = useMemo(() => render(source, display), [source, display]);
  if (html === null) {
    return (
      <code title={problem} className={display ? "block whitespace-pre-wrap" : ""}>
        {source}
      </code>
    );
  }
  // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX escapes what it takes from its source
  const formula = <span dangerouslySetInnerHTML={{ __html: html }} />;
  // Kerns may move what is painted anywhere; the padding is for glyphs that are wider than their box.
  if (!display) return <span className="-m-[0.2em] inline-block max-w-full p-[0.2em] contain-paint">{formula}</span>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: it may be within a paragraph, where a fieldset must not be
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be focusable
    <span role="group" aria-label="Formula" tabIndex={0} className="block overflow-x-auto overflow-y-hidden py-1">
      {formula}
    </span>
  );
}

function render(
  source: string,
  displayMode: boolean,
): { html: string; problem?: never } | { html: null; problem: string } {
  if (source.length > MAX_LENGTH) return { html: null, problem: "This formula is too long to be shown." };
  if (REFUSED.test(source)) return { html: null, problem: "This formula has a command that isn't supported." };
  try {
    // A tag is a macro too, and must not change another formula.
    return { html: katex.renderToString(source, { ...OPTIONS, displayMode, macros: {} }) };
  } catch (error) {
    return { html: null, problem: error instanceof Error ? error.message : "This formula can't be read." };
  }
}

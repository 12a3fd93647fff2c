"use client";

import dynamic from "next/dynamic";
import { type ClipboardEvent, useEffect, useMemo, useState } from "react";
import { loadCode } from "#app/_data/connection";
import { ScrollRegion } from "#app/_ui/scroll-region";
import { PrintedRows } from "../shared/printed-rows";
import { useVirtualRows } from "../shared/virtual-rows";
import { hasEscapes, withoutEscapes } from "./escapes";
import { type Lines, linesOf, rowAt, wrapLines } from "./lines";

const ColouredText = dynamic(() => loadCode(() => import("./coloured-text")).then((module) => module.ColouredText));

/** In characters. Of a longer text only the rows in view are rendered. */
const MAX_STATIC = 50_000;
/** In pixels. */
const ROW_HEIGHT = 20;
const CHARACTER_WIDTH = 7.8;
const HORIZONTAL_PADDING = 26;
const encoder = new TextEncoder();

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
      <pre className="whitespace-pre-wrap break-words font-mono text-[13px] leading-5">
        {hasEscapes(text) ? <ColouredText text={text} /> : text}
      </pre>
    </ScrollRegion>
  );
}

function LongText({ text, label }: { text: string; label: string }) {
  const lines = useMemo(() => linesOf(encoder.encode(withoutEscapes(text))), [text]);
  return <LinesView lines={lines} label={label} />;
}

/** A long text wrapped at the width of the view, of which the rows in view are rendered. */
export function LinesView({ lines, label }: { lines: Lines; label: string }) {
  const [width, setWidth] = useState(100);
  const wrapped = useMemo(() => wrapLines(lines, width), [lines, width]);
  const { scroll, height, rendered } = useVirtualRows(wrapped.rows, ROW_HEIGHT);
  useEffect(() => {
    const element = scroll.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      setWidth(Math.max(10, Math.floor((element.clientWidth - HORIZONTAL_PADDING) / CHARACTER_WIDTH)));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroll]);
  return (
    <ScrollRegion ref={scroll} label={label} className="h-[72vh] overflow-auto rounded-md border bg-surface py-2">
      <PrintedRows count={wrapped.rows} />
      <div onCopy={copyLines} className="relative font-mono text-[13px] [tab-size:2]" style={{ height }}>
        {rendered.map(({ row, top }) => {
          const { text, first } = rowAt(wrapped, row);
          return (
            <div
              key={row}
              data-row={first ? "first" : "next"}
              className="absolute inset-x-0 top-0 whitespace-pre px-3"
              style={{ height: ROW_HEIGHT, lineHeight: `${ROW_HEIGHT}px`, transform: `translateY(${top}px)` }}
            >
              {text}
            </div>
          );
        })}
      </div>
    </ScrollRegion>
  );
}

/** Copies the selection without line breaks where a line was only wrapped. */
function copyLines(event: ClipboardEvent) {
  const rows = getSelection()?.getRangeAt(0).cloneContents().querySelectorAll<HTMLElement>("[data-row]") ?? [];
  if (rows.length < 2) return;
  const [start = "", ...rest] = Array.from(rows, ({ textContent }) => textContent ?? "");
  const breaks = Array.from(rows, ({ dataset }) => (dataset.row === "first" ? "\n" : ""));
  event.clipboardData.setData("text/plain", start + rest.map((text, at) => `${breaks[at + 1]}${text}`).join(""));
  event.preventDefault();
}

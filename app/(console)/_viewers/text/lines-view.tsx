"use client";

import { type ClipboardEvent, useEffect, useEffectEvent, useMemo, useState } from "react";
import { ScrollRegion } from "#app/_ui/scroll-region";
import { useFindSource } from "../find/find-context";
import { type Lines, linesOf, wrapLines } from "../shared/lines";
import { PrintedRows } from "../shared/printed-rows";
import { useVirtualRows } from "../shared/virtual-rows";
import { withoutEscapes } from "./escapes";
import { shownRows } from "./rows";
import { type Run, Runs } from "./runs";

/** In pixels. */
const ROW_HEIGHT = 20;
const CHARACTER_WIDTH = 7.8;
const HORIZONTAL_PADDING = 26;
const VERTICAL_PADDING = 16;
/** In pixels. A view of fewer rows is as high as they are. */
const SHORT = 480;
const encoder = new TextEncoder();

/** A long text as its lines, without its colours. */
export function LongText({ text, label }: { text: string; label: string }) {
  const lines = useMemo(() => linesOf(encoder.encode(withoutEscapes(text))), [text]);
  return <LinesView lines={lines} label={label} />;
}

/**
 * A long text wrapped at the width of the view, of which the rows in view are rendered. `runsOf` gives the runs of a line,
 * `numbered` its number. `onEnd` is called after each scroll with whether the end is in view, and with `follows` it stays there.
 */
export function LinesView({
  lines,
  label,
  runsOf,
  numbered = false,
  follows = false,
  onEnd,
}: {
  lines: Lines;
  label: string;
  runsOf?: (line: number) => Run[] | undefined;
  numbered?: boolean;
  follows?: boolean;
  onEnd?: (isInView: boolean) => void;
}) {
  const [width, setWidth] = useState(100);
  const wrapped = useMemo(() => wrapLines(lines, width), [lines, width]);
  const { scroll, height, rendered, reveal } = useVirtualRows(wrapped.rows, ROW_HEIGHT, VERTICAL_PADDING);
  useFindSource(
    useMemo(() => ({ kind: "lines" as const, lines }), [lines]),
    ({ at, within }) => {
      reveal((wrapped.firstRows[at] ?? 0) + Math.floor(within / wrapped.width));
      scroll.current?.scrollIntoView({ block: "nearest" });
    },
  );
  const digits = numbered ? String(lines.starts.length).length + 2 : 0;
  useEffect(() => {
    const element = scroll.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      const free = element.clientWidth - HORIZONTAL_PADDING;
      setWidth(Math.max(10, Math.floor(free / CHARACTER_WIDTH) - digits));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroll, digits]);
  const showEnd = useEffectEvent(() => reveal(wrapped.rows - 1));
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows each time there are more rows
  useEffect(() => {
    if (follows) showEnd();
  }, [follows, wrapped.rows]);
  useEffect(() => {
    const element = scroll.current;
    if (!element || !onEnd) return;
    const notify = () => onEnd(element.scrollTop + element.clientHeight >= element.scrollHeight - 2 * ROW_HEIGHT);
    element.addEventListener("scroll", notify, { passive: true });
    return () => element.removeEventListener("scroll", notify);
  }, [scroll, onEnd]);
  return (
    <ScrollRegion
      ref={scroll}
      label={label}
      className={`overflow-auto rounded-md border bg-surface py-2 print:h-auto ${
        wrapped.rows * ROW_HEIGHT < SHORT ? "" : "h-[72vh]"
      }`}
    >
      <PrintedRows count={wrapped.rows} />
      <div
        onCopy={copyLines}
        data-find="rendered"
        className="relative font-mono text-[13px] [tab-size:2]"
        style={{ height }}
      >
        {shownRows(wrapped, rendered, runsOf).map(({ row, top, text, line, first, runs }) => (
          <div
            key={row}
            className="absolute inset-x-0 top-0 whitespace-pre px-3"
            style={{ height: ROW_HEIGHT, lineHeight: `${ROW_HEIGHT}px`, transform: `translateY(${top}px)` }}
          >
            {numbered && (
              <span
                aria-hidden
                className="inline-block select-none pr-[2ch] text-right text-faint"
                style={{ width: `${digits}ch` }}
              >
                {first ? line + 1 : ""}
              </span>
            )}
            <span data-row={first ? "first" : "next"}>{runs ? <Runs runs={runs} /> : text}</span>
          </div>
        ))}
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

"use client";

import { List, Maximize2, Minus, Plus, Printer, Search } from "lucide-react";
import { useState } from "react";
import { Button } from "#app/_ui/button";
import { TextField } from "#app/_ui/field";
import { formatCount } from "#formats/number";

const ZOOM_LEVELS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];

/** What is above the pages of a document: the page in view, zoom, search and print. */
export function Toolbar({
  page,
  count,
  zoom,
  scale,
  status,
  onPage,
  onZoom,
  onFind,
  onPrint,
  contents,
}: {
  page: number;
  count: number;
  /** Null where pages fit into the width. */
  zoom: number | null;
  scale: number;
  /** Of what takes time. */
  status: string | null;
  onPage: (page: number) => void;
  onZoom: (zoom: number | null) => void;
  onFind: () => void;
  onPrint: () => void;
  /** Whether the table of contents is shown; null without one. */
  contents: { isOpen: boolean; onToggle: () => void } | null;
}) {
  const { smaller, larger } = zoomSteps(scale);
  return (
    <div
      role="toolbar"
      aria-label="Document"
      className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm print:hidden"
    >
      {contents && (
        <Button look="quiet" aria-expanded={contents.isOpen} onClick={contents.onToggle}>
          <List aria-hidden className="size-4" />
          Contents
        </Button>
      )}
      <PageField page={page} count={count} onPage={onPage} />
      {status !== null && (
        <span role="status" className="text-faint tabular-nums">
          {status}
        </span>
      )}
      <span className="-mr-2 ml-auto flex items-center tabular-nums">
        <Button look="quiet" aria-pressed={zoom === null} onClick={() => onZoom(null)}>
          <Maximize2 aria-hidden className="size-3.5" />
          <span className="max-sm:sr-only">Fit width</span>
        </Button>
        <Button look="quiet" aria-label="Zoom out" disabled={!smaller} onClick={() => smaller && onZoom(smaller)}>
          <Minus aria-hidden className="size-4" />
        </Button>
        <span aria-live="polite" className="w-12 text-center text-soft">
          {Math.round(scale * 100)} %
        </span>
        <Button look="quiet" aria-label="Zoom in" disabled={!larger} onClick={() => larger && onZoom(larger)}>
          <Plus aria-hidden className="size-4" />
        </Button>
        <Button look="quiet" aria-label="Find in document" title="Find in document" onClick={onFind}>
          <Search aria-hidden className="size-4" />
        </Button>
        <Button look="quiet" aria-label="Print document" title="Print document" onClick={onPrint}>
          <Printer aria-hidden className="size-4" />
        </Button>
      </span>
    </div>
  );
}

/** The levels next to a scale. */
export function zoomSteps(scale: number): { smaller: number | undefined; larger: number | undefined } {
  const near = scale * 0.01;
  return {
    smaller: ZOOM_LEVELS.findLast((level) => level < scale - near),
    larger: ZOOM_LEVELS.find((level) => level > scale + near),
  };
}

function PageField({ page, count, onPage }: { page: number; count: number; onPage: (page: number) => void }) {
  // Null where nothing is typed: then it follows the page in view.
  const [text, setText] = useState<string | null>(null);
  const go = () => {
    const requested = Number.parseInt(text ?? "", 10);
    setText(null);
    if (!Number.isNaN(requested)) onPage(Math.min(count, Math.max(1, requested)));
  };
  return (
    <form
      className="flex items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <TextField
        inputMode="numeric"
        aria-label="Page"
        autoComplete="off"
        value={text ?? String(page)}
        onChange={({ target }) => setText(target.value)}
        onFocus={({ target }) => target.select()}
        onBlur={() => setText(null)}
        className="w-14 text-center tabular-nums"
      />
      <span className="whitespace-nowrap text-faint tabular-nums">of {formatCount(count)}</span>
    </form>
  );
}

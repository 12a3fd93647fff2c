"use client";

import type { PDFPageProxy } from "pdfjs-dist";
import { type CSSProperties, useEffect, useRef, useState } from "react";
import type { PageSize } from "./layout";
import { CSS_UNITS, type Pdf, sizeOf } from "./library";
import { linksOn, type PageLink } from "./links";
import type { PageLine } from "./page-lines";

/** In pixels of a canvas: a page is drawn with less detail rather than with more. */
const MAX_PIXELS = 2 ** 24;

/** A page: its image, its text for selection and search, and its links. */
export function PdfPage({
  pdf,
  index,
  scale,
  label,
  mark,
  onSize,
  onLink,
}: {
  pdf: Pdf;
  index: number;
  scale: number;
  label: string;
  /** The line that a search found. */
  mark: PageLine | null;
  onSize: (index: number, size: PageSize) => void;
  onLink: (destination: unknown) => void;
}) {
  const { page, isBroken } = usePage(pdf, index, onSize);
  const links = useLinks(page);
  const canvas = useImage(page, scale);
  const text = useText(pdf, page);
  const style: CSSProperties & { "--total-scale-factor": number } = { "--total-scale-factor": scale * CSS_UNITS };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a page is not a set of fields
    <div role="group" aria-label={label} className="pdf-page relative size-full bg-white" style={style}>
      <div ref={canvas} aria-hidden className="size-full [&>canvas]:block [&>canvas]:size-full" />
      {mark && <span aria-hidden className="absolute bg-[var(--found)] mix-blend-multiply" style={boxOf(mark)} />}
      <div ref={text} data-find="rendered" className="pdf-text" />
      {links.map((link) =>
        link.href !== null ? (
          <a
            key={link.id}
            href={link.href}
            title={link.href}
            target="_blank"
            rel="noopener noreferrer"
            className="absolute z-[2] hover:bg-accent/10"
            style={boxOf(link)}
          >
            <span className="sr-only">{link.href}</span>
          </a>
        ) : (
          <button
            key={link.id}
            type="button"
            aria-label="Go to another place in the document"
            onClick={() => onLink(link.destination)}
            className="absolute z-[2] cursor-pointer hover:bg-accent/10"
            style={boxOf(link)}
          />
        ),
      )}
      {isBroken && (
        <p className="absolute inset-x-4 top-4 text-center text-soft">This page is damaged and can't be shown.</p>
      )}
    </div>
  );
}

function boxOf({ left, top, width, height }: Pick<PageLine, "left" | "top" | "width" | "height">) {
  return { left: percent(left), top: percent(top), width: percent(width), height: percent(height) };
}

function percent(part: number): string {
  return `${100 * part}%`;
}

function usePage({ document }: Pdf, index: number, onSize: (index: number, size: PageSize) => void) {
  const [page, setPage] = useState<PDFPageProxy | null>(null);
  const [isBroken, setBroken] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    document.getPage(index + 1).then(
      (loaded) => {
        if (!isCurrent) return;
        onSize(index, sizeOf(loaded));
        setPage(loaded);
      },
      () => {
        if (isCurrent) setBroken(true);
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [document, index, onSize]);
  useEffect(() => () => void page?.cleanup(), [page]);
  return { page, isBroken };
}

/** Draws a page into a canvas in an element; that of another scale is there until it is drawn. */
function useImage(page: PDFPageProxy | null, scale: number) {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!page) return;
    const viewport = page.getViewport({ scale: scale * CSS_UNITS });
    const most = Math.sqrt(MAX_PIXELS / (viewport.width * viewport.height));
    const density = Math.min(devicePixelRatio, most);
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.floor(viewport.width * density));
    canvas.height = Math.max(1, Math.floor(viewport.height * density));
    const task = page.render({ canvas, viewport, transform: [density, 0, 0, density, 0, 0] });
    task.promise.then(
      () => holder.current?.replaceChildren(canvas),
      // It was cancelled, or the rest of the page can't be drawn.
      (error: unknown) => {
        if (!(error instanceof Error && error.name === "RenderingCancelledException"))
          holder.current?.replaceChildren(canvas);
      },
    );
    return () => task.cancel();
  }, [page, scale]);
  return holder;
}

function useText({ pdfjs }: Pdf, page: PDFPageProxy | null) {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = container.current;
    if (!page || !element) return;
    const layer = new pdfjs.TextLayer({
      textContentSource: page.streamTextContent(),
      container: element,
      viewport: page.getViewport({ scale: CSS_UNITS }),
    });
    layer.render().then(
      // A break alone would join the last word of a line to the first of the next one for a search.
      () => {
        for (const end of element.querySelectorAll("br")) end.before("\n");
      },
      () => {},
    );
    return () => {
      layer.cancel();
      element.replaceChildren();
    };
  }, [pdfjs, page]);
  return container;
}

function useLinks(page: PDFPageProxy | null): PageLink[] {
  const [links, setLinks] = useState<PageLink[]>([]);
  useEffect(() => {
    let isCurrent = true;
    page &&
      linksOn(page).then(
        (found) => isCurrent && setLinks(found),
        () => {},
      );
    return () => {
      isCurrent = false;
    };
  }, [page]);
  return links;
}

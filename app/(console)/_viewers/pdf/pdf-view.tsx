"use client";

import "./pdf.css";
import { useQueryStates } from "nuqs";
import { type KeyboardEvent, useCallback, useMemo, useState } from "react";
import { ScrollRegion } from "#app/_ui/scroll-region";
import { formatCount } from "#formats/number";
import { FIND_PARSERS, useFindSource, useIsFinding } from "../find/find-context";
import { usePrinting } from "../shared/use-printing";
import type { Pdf } from "./library";
import { placeOf } from "./links";
import { Outline } from "./outline";
import { PdfPage } from "./page-view";
import { PrintedPdf } from "./print";
import { Toolbar, zoomSteps } from "./toolbar";
import { useOutline } from "./use-outline";
import { usePages } from "./use-pages";
import { usePdfText } from "./use-text";

/** The pages of a document, of which those in view are drawn. */
export function PdfView({ pdf, name }: { pdf: Pdf; name: string }) {
  const { document } = pdf;
  const count = document.numPages;
  const [zoom, setZoom] = useState<number | null>(null);
  const [found, setFound] = useState<number | null>(null);
  const [printing, setPrinting] = useState(false);
  const outline = useOutline(document);
  const [showsOutline, setShowsOutline] = useState(false);
  const onPaper = usePrinting();
  const { scroll, layout, sizes, first, last, current, goTo, onSize } = usePages(pdf, zoom);
  const [, setParams] = useQueryStates(FIND_PARSERS);
  const isFinding = useIsFinding();
  const text = usePdfText(pdf, isFinding);
  const mark = found === null || !isFinding ? undefined : text.places[found];

  useFindSource(
    useMemo(() => ({ kind: "lines" as const, lines: text.lines }), [text.lines]),
    ({ at }) => {
      const place = text.places[at];
      if (!place) return;
      setFound(at);
      goTo({ page: place.page, part: place.top - 0.15 });
      scroll.current?.scrollIntoView({ block: "nearest" });
    },
  );

  const onLink = useCallback(
    (destination: unknown) => {
      placeOf(document, destination).then(
        (place) => place && goTo(place),
        () => {},
      );
    },
    [document, goTo],
  );
  const onPrinted = useCallback(() => setPrinting(false), []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { smaller, larger } = zoomSteps(layout.scale);
    const zooms: Record<string, number | null | undefined> = { "+": larger, "=": larger, "-": smaller, "0": null };
    const next = zooms[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setZoom(next);
  };

  return (
    <div className="@container space-y-2">
      <Toolbar
        page={current + 1}
        count={count}
        zoom={zoom}
        scale={layout.scale}
        status={isFinding ? textStatus(text.pages, count, text.places.length) : null}
        onPage={(page) => goTo({ page: page - 1, part: 0 })}
        onZoom={setZoom}
        onFind={() => void setParams({ find: "" })}
        onPrint={() => setPrinting(true)}
        contents={outline.length > 0 ? { isOpen: showsOutline, onToggle: () => setShowsOutline(!showsOutline) } : null}
      />
      {printing && <PrintedPdf pdf={pdf} onEnd={onPrinted} />}
      {onPaper && !printing && <p className="text-sm">To print the document, use the button above its pages.</p>}
      <div className="flex flex-col gap-2 @3xl:flex-row">
        {showsOutline && <Outline entries={outline} onGo={onLink} />}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys work in the region that has the focus */}
        <div onKeyDown={onKeyDown} className="min-w-0 flex-1 print:hidden">
          <ScrollRegion
            ref={scroll}
            label={`Pages of ${name}`}
            className="relative h-[74vh] scroll-mt-28 overflow-auto [overflow-anchor:none] rounded-md border bg-hover"
          >
            {/* Without transitions, which take 1 ms where the device reduces motion: the height is needed at once. */}
            <div className="relative transition-none" style={{ height: layout.height, minWidth: layout.width }}>
              {sizes.slice(first, last + 1).map(({ width, height }, offset) => {
                const index = first + offset;
                return (
                  <div
                    key={index}
                    className="absolute inset-x-0 mx-auto shadow-sm transition-none"
                    style={{ top: layout.tops[index], width: width * layout.scale, height: height * layout.scale }}
                  >
                    <PdfPage
                      pdf={pdf}
                      index={index}
                      scale={layout.scale}
                      label={`Page ${index + 1} of ${count}`}
                      mark={mark?.page === index ? mark : null}
                      onSize={onSize}
                      onLink={onLink}
                    />
                  </div>
                );
              })}
            </div>
          </ScrollRegion>
        </div>
      </div>
    </div>
  );
}

function textStatus(read: number, count: number, lines: number): string | null {
  if (read < count) return `Reading page ${formatCount(read + 1)} of ${formatCount(count)}…`;
  return lines === 0 ? "The pages have no text to search: they may be scanned." : null;
}

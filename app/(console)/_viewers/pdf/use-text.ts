import { useEffect, useState } from "react";
import { type Lines, linesOf } from "../shared/lines";
import { CSS_UNITS, type Pdf } from "./library";
import { linesOnPage, type PageLine } from "./page-lines";

/** What a search sees of a document. */
export interface PdfText {
  lines: Lines;
  /** The page, from 0 on, and the place of each line. */
  places: readonly (PageLine & { page: number })[];
  /** How many pages are read. */
  pages: number;
}

/** After so many pages what is read can be searched; then after twice as many each time. */
const FIRST_PAGES = 8;

const NOTHING: PdfText = { lines: linesOf(new Uint8Array()), places: [], pages: 0 };

/** The text of all pages, read one after the other in the worker once it is needed. */
export function usePdfText({ document }: Pdf, isNeeded: boolean): PdfText {
  const [text, setText] = useState(NOTHING);
  useEffect(() => {
    if (!isNeeded) return;
    let isCurrent = true;
    const read = async () => {
      const places: (PageLine & { page: number })[] = [];
      let next = FIRST_PAGES;
      for (let page = 0; page < document.numPages && isCurrent; page += 1) {
        const lines = await linesOfPage(document, page).catch(() => []);
        for (const line of lines) places.push({ ...line, page });
        if (page + 1 < next && page + 1 < document.numPages) continue;
        next *= 2;
        const bytes = new TextEncoder().encode(places.map((each) => each.text).join("\n"));
        if (isCurrent) setText({ lines: linesOf(bytes), places: [...places], pages: page + 1 });
      }
    };
    void read();
    return () => {
      isCurrent = false;
    };
  }, [document, isNeeded]);
  return text;
}

/** The lines of a page, which is counted from 0. */
export async function linesOfPage(document: Pdf["document"], index: number): Promise<PageLine[]> {
  const page = await document.getPage(index + 1);
  const viewport = page.getViewport({ scale: CSS_UNITS });
  const toView = (x: number, y: number) => viewport.convertToViewportPoint(x, y).map(Number);
  return linesOnPage(await page.getTextContent(), viewport, toView);
}

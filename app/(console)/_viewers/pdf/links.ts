import type { PDFDocumentProxy, PDFPageProxy } from "pdfjs-dist";
import { CSS_UNITS } from "./library";

/** Where a link of a page leads: to an address, or to a destination in the document. */
export interface PageLink {
  id: string;
  href: string | null;
  destination: unknown;
  /** As parts of the page's width and height. */
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Annotations as far as they are links; pdf.js declares them without types. */
interface Annotation {
  id?: unknown;
  subtype?: unknown;
  rect?: unknown;
  url?: unknown;
  dest?: unknown;
}

/** The links of a page that lead to web pages, mail addresses, or within the document. Those that would run something do not. */
export async function linksOn(page: PDFPageProxy): Promise<PageLink[]> {
  const viewport = page.getViewport({ scale: CSS_UNITS });
  const annotations: Annotation[] = await page.getAnnotations({ intent: "display" });
  return annotations.flatMap(({ id, subtype, rect, url, dest }, at) => {
    if (subtype !== "Link" || !Array.isArray(rect)) return [];
    const href = safeUrl(url);
    if (href === null && !dest) return [];
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = viewport.convertToViewportRectangle(rect.map(Number)).map(Number);
    return {
      id: typeof id === "string" ? id : String(at),
      href,
      destination: href === null ? dest : null,
      left: Math.min(x1, x2) / viewport.width,
      top: Math.min(y1, y2) / viewport.height,
      width: Math.abs(x2 - x1) / viewport.width,
      height: Math.abs(y2 - y1) / viewport.height,
    };
  });
}

/** An address that may be opened by a click; null for any other. */
export function safeUrl(url: unknown): string | null {
  return typeof url === "string" && /^(?:https?:\/\/|mailto:)/i.test(url) ? url : null;
}

/** The page, from 0 on, and the part of it above a destination; null for one that is not in the document. */
export async function placeOf(
  document: PDFDocumentProxy,
  destination: unknown,
): Promise<{ page: number; part: number } | null> {
  const found = typeof destination === "string" ? await document.getDestination(destination) : destination;
  if (!Array.isArray(found)) return null;
  const [target, , ...place]: unknown[] = found;
  const page = typeof target === "number" ? target : await document.getPageIndex(toRef(target)).catch(() => null);
  if (page === null || page < 0 || page >= document.numPages) return null;
  const viewport = (await document.getPage(page + 1)).getViewport({ scale: 1 });
  const y = place.at(-2);
  if (typeof y !== "number") return { page, part: 0 };
  const [, top = 0] = viewport.convertToViewportPoint(0, y).map(Number);
  return { page, part: Math.min(1, Math.max(0, top / viewport.height)) };
}

function toRef(target: unknown): { num: number; gen: number } {
  const { num, gen }: { num?: unknown; gen?: unknown } = typeof target === "object" && target !== null ? target : {};
  return { num: Number(num), gen: Number(gen) };
}

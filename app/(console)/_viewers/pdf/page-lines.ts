import type { PDFPageProxy } from "pdfjs-dist";

type TextContent = Awaited<ReturnType<PDFPageProxy["getTextContent"]>>;

/** A line of a page: its text, and where it is on the page, as parts of its width and height from the top left. */
export interface PageLine {
  text: string;
  left: number;
  top: number;
  width: number;
  height: number;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const FAR = Number.POSITIVE_INFINITY;
const EMPTY: Box = { left: FAR, top: FAR, right: -FAR, bottom: -FAR };

/** The box with a point added. */
function around({ left, top, right, bottom }: Box, [x = 0, y = 0]: readonly number[]): Box {
  return { left: Math.min(left, x), top: Math.min(top, y), right: Math.max(right, x), bottom: Math.max(bottom, y) };
}

/**
 * The lines of a page that have text.
 * @param toView converts a point of the page to one of a view of that size
 */
export function linesOnPage(
  { items }: TextContent,
  { width, height }: { width: number; height: number },
  toView: (x: number, y: number) => readonly number[],
): PageLine[] {
  const lines: PageLine[] = [];
  let texts: string[] = [];
  let box = EMPTY;
  const end = () => {
    const text = texts.join("").replaceAll("\n", " ");
    if (text.trim() !== "") {
      const { left, top, right, bottom } = box;
      const size = { width: (right - left) / width, height: (bottom - top) / height };
      lines.push({ text, left: left / width, top: top / height, ...size });
    }
    texts = [];
    box = EMPTY;
  };
  for (const item of items) {
    if (!("str" in item)) continue;
    texts.push(item.str);
    if (item.str.trim() !== "") {
      const [, , , , x = 0, y = 0] = item.transform.map(Number);
      box = around(around(box, toView(x, y)), toView(x + item.width, y + item.height));
    }
    if (item.hasEOL) end();
  }
  end();
  return lines;
}

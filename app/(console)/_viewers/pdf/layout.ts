/** In pixels of CSS at 100 %. */
export interface PageSize {
  width: number;
  height: number;
}

/** Pages one below the other. */
export interface Layout {
  scale: number;
  /** The distance of each page from the top, in pixels. */
  tops: Float64Array;
  /** Of all pages together, in pixels. */
  height: number;
  width: number;
}

/** In pixels: between two pages, and around them. */
export const GAP = 12;

/** In pixels. Browsers lay out nothing taller than about 16 million. */
const MAX_HEIGHT = 15_000_000;

/** A place in a document: a page from 0 on, and the part of its height above, from 0 to 1. */
export interface Place {
  page: number;
  part: number;
}

/** Lays out pages at a scale, or so that the widest fits into a width. A long document is not scaled beyond what browsers can lay out. */
export function layOut(sizes: readonly PageSize[], zoom: number | null, viewWidth: number): Layout {
  const widest = sizes.reduce((most, { width }) => Math.max(most, width), 1);
  const natural = sizes.reduce((sum, { height }) => sum + height, 0);
  const requested = zoom ?? Math.max(0.1, (viewWidth - 2 * GAP) / widest);
  const scale = Math.min(requested, MAX_HEIGHT / Math.max(1, natural));
  const tops = new Float64Array(sizes.length);
  let top = GAP;
  for (const [at, { height }] of sizes.entries()) {
    tops[at] = top;
    top += height * scale + GAP;
  }
  return { scale, tops, height: top, width: widest * scale + 2 * GAP };
}

/** The last page that begins at or above a distance from the top, else the first. */
export function pageAt({ tops }: Layout, y: number): number {
  let low = 0;
  for (let high = tops.length - 1; low < high; ) {
    const middle = (low + high + 1) >> 1;
    if ((tops[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The place at a distance from the top. */
export function placeAt(layout: Layout, sizes: readonly PageSize[], y: number): Place {
  const page = pageAt(layout, y);
  const height = (sizes[page]?.height ?? 1) * layout.scale;
  return { page, part: (y - (layout.tops[page] ?? 0)) / height };
}

/** The distance of a place from the top, the inverse of `placeAt`. */
export function topOf(layout: Layout, sizes: readonly PageSize[], { page, part }: Place): number {
  return (layout.tops[page] ?? 0) + part * (sizes[page]?.height ?? 0) * layout.scale;
}

import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import { type Layout, layOut, type PageSize, type Place, pageAt, placeAt, topOf } from "./layout";
import type { Pdf } from "./library";

/** In pixels: so far beyond the view pages are drawn too. */
const MARGIN = 300;

/** The margin above the first page is in view too. */
const START: Place = { page: 0, part: -1 };

export interface Pages {
  /** To be set on the scrolling element. */
  scroll: RefObject<HTMLElement | null>;
  layout: Layout;
  sizes: readonly PageSize[];
  /** The pages to draw, from 0 on. */
  first: number;
  last: number;
  /** The page in view. */
  current: number;
  goTo: (place: Place) => void;
  onSize: (index: number, size: PageSize) => void;
}

/** Which pages of a document are in view at a zoom, or where null fits them into the width. The place in view stays there when the zoom changes. */
export function usePages({ document, firstSize }: Pdf, zoom: number | null): Pages {
  const scroll = useRef<HTMLElement>(null);
  const [view, setView] = useState({ top: 0, width: 0, height: 800 });
  const [sizes, setSizes] = useState<readonly PageSize[]>(() => Array(document.numPages).fill(firstSize));
  const layout = useMemo(() => layOut(sizes, zoom, view.width), [sizes, zoom, view.width]);
  const place = useRef<Place>(START);
  const latest = useRef({ layout, sizes });
  // Where this code scrolled to, in whole pixels at best: the place itself is more exact.
  const scrolledTo = useRef(-1);

  const onSize = useCallback((index: number, size: PageSize) => {
    setSizes((known) => {
      const old = known[index];
      return old?.width === size.width && old.height === size.height ? known : known.with(index, size);
    });
  }, []);

  // Before the first pages are drawn: how many are in view depends on the width.
  useLayoutEffect(() => {
    const element = scroll.current;
    if (!element) return;
    const read = () => {
      const { scrollTop: top, clientWidth: width, clientHeight: height } = element;
      setView((old) =>
        old.top === top && old.width === width && old.height === height ? old : { top, width, height },
      );
    };
    const onScroll = () => {
      if (element.scrollTop !== scrolledTo.current) {
        scrolledTo.current = -1;
        place.current = placeAt(latest.current.layout, latest.current.sizes, element.scrollTop);
      }
      read();
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", onScroll);
    };
  }, []);

  const show = useCallback(() => {
    const element = scroll.current;
    if (!element) return;
    element.scrollTop = topOf(latest.current.layout, latest.current.sizes, place.current);
    scrolledTo.current = element.scrollTop;
  }, []);

  useLayoutEffect(() => {
    latest.current = { layout, sizes };
    show();
  }, [layout, sizes, show]);

  const goTo = useCallback(
    (next: Place) => {
      place.current = next;
      show();
    },
    [show],
  );

  return {
    scroll,
    layout,
    sizes,
    first: pageAt(layout, view.top - MARGIN),
    last: view.width === 0 ? -1 : pageAt(layout, view.top + view.height + MARGIN),
    current: pageAt(layout, view.top + view.height / 2),
    goTo,
    onSize,
  };
}

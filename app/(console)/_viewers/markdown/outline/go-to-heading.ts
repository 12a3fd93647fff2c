import { type RefObject, useCallback, useEffect, useRef } from "react";

/** What a reader does who no longer waits for a heading. */
const LEAVING = ["wheel", "touchmove", "keydown", "pointerdown"] as const;

/**
 * A function that scrolls to a heading and focuses it: one of a long document that is not rendered yet as soon as it is,
 * unless the reader does something else first. So it is for the heading that the URL leads to.
 */
export function useGoToHeading(content: RefObject<HTMLElement | null>, ids: ReadonlySet<string>): (id: string) => void {
  const stopWaiting = useRef(() => {});
  const goTo = useCallback(
    (id: string) => {
      stopWaiting.current();
      if (reach(id) || !content.current) return;
      const observer = new MutationObserver(() => {
        if (reach(id)) stopWaiting.current();
      });
      stopWaiting.current = () => {
        observer.disconnect();
        for (const event of LEAVING) removeEventListener(event, stopWaiting.current);
      };
      observer.observe(content.current, { childList: true, subtree: true });
      for (const event of LEAVING) addEventListener(event, stopWaiting.current, { passive: true });
    },
    [content],
  );
  useEffect(() => {
    const followUrl = () => {
      const id = idInUrl();
      if (id !== null && ids.has(id)) goTo(id);
    };
    // The browser scrolled to one that the page had at first.
    if (scrollY === 0 && !document.querySelector(":target")) followUrl();
    addEventListener("hashchange", followUrl);
    return () => removeEventListener("hashchange", followUrl);
  }, [ids, goTo]);
  useEffect(() => () => stopWaiting.current(), []);
  return goTo;
}

/** The id of the element that the URL leads to; null for none. */
export function idInUrl(): string | null {
  try {
    return decodeURIComponent(location.hash.slice(1)) || null;
  } catch {
    return null;
  }
}

/** Returns whether the heading is there. */
function reach(id: string): boolean {
  const heading = document.getElementById(id);
  if (!heading) return false;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  heading.scrollIntoView();
  return true;
}

import { useEffect, useRef } from "react";

/** Where a list scrolls in a box of its own, brings its current entry into sight whenever `current` changes. */
export function useScrollIntoView(current: unknown) {
  const list = useRef<HTMLOListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is current is read from the page
  useEffect(() => {
    const entry = list.current?.querySelector("[aria-current]");
    const box = list.current?.closest("[data-scrolls]");
    if (!entry || !box || box.scrollHeight <= box.clientHeight) return;
    const [place, frame] = [entry.getBoundingClientRect(), box.getBoundingClientRect()];
    if (place.top >= frame.top && place.bottom <= frame.bottom) return;
    box.scrollTop += place.top - frame.top - (frame.height - place.height) / 2;
  }, [current]);
  return list;
}

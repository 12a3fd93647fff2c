import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from "react";

const neverChanges = () => () => {};

/**
 * The ref of an element that takes the focus when a navigation inside the app brings it, unless something else has it. A
 * page that was loaded by the browser starts at its top.
 */
export function useArrivalFocus<T extends HTMLElement>(): RefObject<T | null> {
  const element = useRef<T>(null);
  const isHydration = useSyncExternalStore(
    neverChanges,
    () => false,
    () => true,
  );
  const [arrived] = useState(!isHydration);
  useEffect(() => {
    const active = document.activeElement;
    // Where only what contains it has the focus, as after a navigation, the focus goes on.
    if (arrived && (active === null || active.contains(element.current)))
      element.current?.focus({ preventScroll: true });
  }, [arrived]);
  return element;
}

import type { PointerEvent } from "react";

/** Lets a mouse that is pressed on an element drag what is scrolled in it; fingers do so by themselves. */
export function startPan(element: HTMLElement, event: PointerEvent): void {
  const { scrollLeft, scrollTop } = element;
  const overflows = element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight;
  if (event.pointerType !== "mouse" || event.button !== 0 || !overflows) return;
  const { left, top } = element.getBoundingClientRect();
  // A press on a scroll bar moves that.
  if (event.clientX - left > element.clientWidth || event.clientY - top > element.clientHeight) return;
  event.preventDefault();
  element.focus({ preventScroll: true });
  element.setPointerCapture(event.pointerId);
  const { clientX, clientY } = event;
  const move = (now: globalThis.PointerEvent) => {
    element.scrollTo({
      left: scrollLeft + clientX - now.clientX,
      top: scrollTop + clientY - now.clientY,
      behavior: "instant",
    });
  };
  element.addEventListener("pointermove", move);
  element.addEventListener("lostpointercapture", () => element.removeEventListener("pointermove", move), {
    once: true,
  });
}

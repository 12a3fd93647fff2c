import type { MouseEvent } from "react";

/**
 * Opens another query of this page without a request for the page, whose parts query what they show. Next follows these
 * changes of the history.
 */
export function openHere(href: string, history: "push" | "replace" = "push"): void {
  if (history === "push") window.history.pushState(null, "", href);
  else window.history.replaceState(null, "", href);
}

/** Opens a link by `openHere` at a plain click; others, such as for a new tab, stay with the browser. */
export function openHereOnClick(event: MouseEvent<HTMLAnchorElement>): void {
  const { button, metaKey, ctrlKey, shiftKey, altKey, currentTarget } = event;
  if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return;
  event.preventDefault();
  openHere(currentTarget.href);
}

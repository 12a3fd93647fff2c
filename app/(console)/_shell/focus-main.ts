/** For where what had the focus is gone: Tab goes on from the start of the page. */
export function focusMain(): void {
  document.getElementById("main")?.focus({ preventScroll: true });
}

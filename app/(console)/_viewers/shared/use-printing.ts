"use client";

import { useSyncExternalStore } from "react";
import { flushSync } from "react-dom";

const listeners = new Set<() => void>();
let printing = false;

/** Whether the page is being printed: what is shown only then is rendered before the browser takes the page. */
export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, isPrinting, isNever);
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    addEventListener("beforeprint", onBeforePrint);
    addEventListener("afterprint", onAfterPrint);
  }
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function onBeforePrint(): void {
  set(true);
}

function onAfterPrint(): void {
  set(false);
}

function set(value: boolean): void {
  printing = value;
  flushSync(() => {
    for (const listener of listeners) listener();
  });
}

function isPrinting(): boolean {
  return printing;
}

function isNever(): boolean {
  return false;
}

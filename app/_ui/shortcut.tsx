"use client";

import { useEffect, useEffectEvent } from "react";

const TYPING = "input, textarea, select, [contenteditable], [role=textbox]";

/** Runs what belongs to a key, pressed alone and not while one types or answers a dialog. */
export function useShortcuts(shortcuts: Record<string, (() => void) | undefined>) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    if (target instanceof Element && (target.closest(TYPING) || target.closest("dialog"))) return;
    const run = Object.hasOwn(shortcuts, event.key) ? shortcuts[event.key] : undefined;
    if (!run) return;
    event.preventDefault();
    run();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}

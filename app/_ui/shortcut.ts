"use client";

import { type RefObject, useEffect, useRef } from "react";

export interface Shortcut {
  /** What it does, for the help and the palette. */
  label: string;
  /** Absent where the browser or another listener handles the key, and the shortcut is only listed. */
  run?: () => void;
  /** Whether it applies now; where not, the key press is left alone. */
  when?: () => boolean;
  /** Runs again and again while the key is down. */
  repeats?: boolean;
}

/** Shortcuts by `KeyboardEvent.key`; undefined for one that is not available. */
export type Shortcuts = Record<string, Shortcut | undefined>;

interface Registration {
  section: string;
  current: RefObject<Shortcuts>;
}

const TEXT_FIELDS =
  "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable], [role=textbox], [role=searchbox], [role=combobox]";

/** In the order of mounting; of two shortcuts for one key, the last mounted wins. */
const registrations: Registration[] = [];

/**
 * Registers keyboard shortcuts while the component is mounted. They need no modifier, and are off in text fields and
 * dialogs. `section` groups them in the help.
 */
export function useShortcuts(shortcuts: Shortcuts, section = "This page") {
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => {
    const registration = { section, current };
    if (registrations.length === 0) document.addEventListener("keydown", handleKeyDown);
    registrations.push(registration);
    return () => {
      registrations.splice(registrations.indexOf(registration), 1);
      if (registrations.length === 0) document.removeEventListener("keydown", handleKeyDown);
    };
  }, [section]);
}

export interface ShortcutSection {
  section: string;
  shortcuts: [key: string, shortcut: Shortcut][];
}

/** The shortcuts of all mounted components by section, each key once. */
export function activeShortcuts(): ShortcutSection[] {
  const sections = new Map<string, [string, Shortcut][]>();
  const seen = new Set<string>();
  for (const { section, current } of registrations.toReversed()) {
    for (const [key, shortcut] of Object.entries(current.current)) {
      if (!shortcut || seen.has(key)) continue;
      seen.add(key);
      sections.set(section, [...(sections.get(section) ?? []), [key, shortcut]]);
    }
  }
  return [...sections].map(([section, shortcuts]) => ({ section, shortcuts }));
}

function handleKeyDown(event: KeyboardEvent) {
  const { key, target } = event;
  // On some keyboards `#` or `[` takes AltGr, which reports Ctrl and Alt too.
  const modified = (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState("AltGraph");
  if (event.defaultPrevented || event.isComposing || modified) return;
  if (target instanceof Element && (target.closest(TEXT_FIELDS) || target.closest("dialog"))) return;
  for (const { current } of registrations.toReversed()) {
    const shortcut = Object.hasOwn(current.current, key) ? current.current[key] : undefined;
    if (!shortcut?.run || (shortcut.when && !shortcut.when())) continue;
    event.preventDefault();
    if (!event.repeat || shortcut.repeats) shortcut.run();
    return;
  }
}

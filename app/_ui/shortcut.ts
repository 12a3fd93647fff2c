"use client";

import { type RefObject, useEffect, useRef } from "react";

/** What a key does. Without `run` the key is the browser's own, or another's, and only told of. */
export interface Shortcut {
  /** What it does, in words. */
  label: string;
  run?: () => void;
  /** Whether it is for this moment; where not, the key is left alone. */
  when?: () => boolean;
  /** A key that is held down does it again and again. */
  repeats?: boolean;
}

/** Shortcuts by the key as the browser names it; undefined is one that is not there now. */
export type Shortcuts = Record<string, Shortcut | undefined>;

interface Registered {
  about: string;
  current: RefObject<Shortcuts>;
}

const TYPING =
  "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable], [role=textbox], [role=searchbox], [role=combobox]";

/** What is on the page now, the last that came last. */
const registered: Registered[] = [];

/** Runs what belongs to a key, pressed alone and not while one types or answers a dialog. `about` is what the keys act on. */
export function useShortcuts(shortcuts: Shortcuts, about = "This page") {
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => {
    const mine = { about, current };
    if (registered.length === 0) document.addEventListener("keydown", press);
    registered.push(mine);
    return () => {
      registered.splice(registered.indexOf(mine), 1);
      if (registered.length === 0) document.removeEventListener("keydown", press);
    };
  }, [about]);
}

/** The shortcuts of the page as it stands, by what they act on; of two for one key, the one that holds. */
export function activeShortcuts(): { about: string; keys: [key: string, shortcut: Shortcut][] }[] {
  const sections = new Map<string, [string, Shortcut][]>();
  const seen = new Set<string>();
  for (const { about, current } of registered.toReversed()) {
    for (const [key, shortcut] of Object.entries(current.current)) {
      if (!shortcut || seen.has(key)) continue;
      seen.add(key);
      sections.set(about, [...(sections.get(about) ?? []), [key, shortcut]]);
    }
  }
  return [...sections].map(([about, keys]) => ({ about, keys }));
}

function press(event: KeyboardEvent) {
  const { key, target } = event;
  // A character that some keyboards have only behind AltGr is pressed alone all the same.
  const modified = (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState("AltGraph");
  if (event.defaultPrevented || event.isComposing || modified) return;
  if (target instanceof Element && (target.closest(TYPING) || target.closest("dialog"))) return;
  for (const { current } of registered.toReversed()) {
    const shortcut = Object.hasOwn(current.current, key) ? current.current[key] : undefined;
    if (!shortcut?.run || (shortcut.when && !shortcut.when())) continue;
    event.preventDefault();
    if (!event.repeat || shortcut.repeats) shortcut.run();
    return;
  }
}

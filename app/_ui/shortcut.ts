"use client";

import { type RefObject, useEffect, useRef } from "react";

interface Shortcut {
  label: string;
  /** Absent where the browser or another listener handles the key, and the shortcut is only listed. */
  run?: () => void;
  /** Whether it applies now; where not, the key press is left alone. */
  when?: () => boolean;
  repeats?: boolean;
}

/** Shortcuts by `KeyboardEvent.key`, or two of them with a space between, as in `g a`; undefined for one that is not available. */
export type Shortcuts = Record<string, Shortcut | undefined>;

interface Registration {
  section: string;
  current: RefObject<Shortcuts>;
}

/** Elements whose keys are their own. */
const POPUPS = "[role=dialog], [role=alertdialog], [role=menu]";

const TEXT_FIELDS =
  "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable], [role=textbox], [role=searchbox], [role=combobox]";

/** In milliseconds, between the two keys of a shortcut. */
const NEXT_KEY_TIME = 1500;

/** The first key of a shortcut of two, and until when the second counts. */
let first = { key: "", until: 0 };

/** In the order of mounting; of two shortcuts for one key, the last mounted wins. */
const registrations: Registration[] = [];

/**
 * Registers keyboard shortcuts while the component is mounted. They need no modifier, and are off in text fields,
 * dialogs and menus. `section` groups them in the help.
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

export function activeShortcuts(): ShortcutSection[] {
  return toSections(registrations.map(({ section, current }) => ({ section, shortcuts: current.current })));
}

/** Groups shortcuts by section, the last mounted first; of two for one key, the last mounted is listed. */
export function toSections(mounted: { section: string; shortcuts: Shortcuts }[]): ShortcutSection[] {
  const sections = new Map<string, [string, Shortcut][]>();
  const seen = new Set<string>();
  for (const { section, shortcuts } of mounted.toReversed()) {
    for (const [key, shortcut] of Object.entries(shortcuts)) {
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
  if (target instanceof Element && (target.closest(TEXT_FIELDS) || target.closest(POPUPS))) return;
  const mounted = registrations.map(({ current }) => current.current);
  const isSecond = event.timeStamp < first.until;
  // After the first key of two no other shortcut runs by mistake.
  const shortcut = findShortcut(isSecond ? `${first.key} ${key}` : key, mounted);
  first = { key: "", until: 0 };
  if (!shortcut) {
    if (isFirstKey(key, mounted)) first = { key, until: event.timeStamp + NEXT_KEY_TIME };
    return;
  }
  event.preventDefault();
  if (!event.repeat || shortcut.repeats) shortcut.run?.();
}

export function findShortcut(key: string, mounted: Shortcuts[]): Shortcut | undefined {
  return mounted
    .toReversed()
    .map((shortcuts) => (Object.hasOwn(shortcuts, key) ? shortcuts[key] : undefined))
    .find((shortcut) => shortcut?.run && (!shortcut.when || shortcut.when()));
}

/** Whether a shortcut of two keys begins with this one. */
export function isFirstKey(key: string, mounted: Shortcuts[]): boolean {
  return mounted.some((shortcuts) =>
    Object.entries(shortcuts).some(([keys, shortcut]) => shortcut?.run && keys.startsWith(`${key} `)),
  );
}

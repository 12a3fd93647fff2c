import { useSyncExternalStore } from "react";

/** A view of the list that a person gave a name, kept in this browser. */
export interface SavedView {
  name: string;
  href: string;
}

const STORE = "vitrine:views";
const MOST = 50;
const NONE: SavedView[] = [];

const listeners = new Set<() => void>();
let read: { text: string | null; views: SavedView[] } = { text: null, views: NONE };

/** The views that were kept, by name. */
export function savedViews(): SavedView[] {
  const text = stored();
  // The same text gives the same list, so that whoever compares lists sees no change.
  if (text !== read.text) read = { text, views: viewsIn(text) };
  return read.views;
}

/** The same, kept current, in other tabs too. */
export function useSavedViews(): SavedView[] {
  return useSyncExternalStore(subscribe, savedViews, () => NONE);
}

/** Keeps a view under a name, in the place of one that had it. */
export function saveView(view: SavedView) {
  const others = savedViews().filter(({ name }) => name !== view.name);
  store([...others, view].sort((a, b) => a.name.localeCompare(b.name)).slice(0, MOST));
}

/** Forgets the view of a name. */
export function deleteView(name: string) {
  store(savedViews().filter((view) => view.name !== name));
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

function store(views: SavedView[]) {
  try {
    localStorage.setItem(STORE, JSON.stringify(views));
  } catch {
    // A browser that keeps nothing has no views.
  }
  for (const each of listeners) each();
}

function stored(): string | null {
  try {
    return localStorage.getItem(STORE);
  } catch {
    return null;
  }
}

function viewsIn(text: string | null): SavedView[] {
  try {
    const kept: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(kept) ? kept.filter(isView) : NONE;
  } catch {
    return NONE;
  }
}

function isView(value: unknown): value is SavedView {
  if (typeof value !== "object" || value === null || !("name" in value) || !("href" in value)) return false;
  return typeof value.name === "string" && typeof value.href === "string" && value.href.startsWith("/artifacts");
}

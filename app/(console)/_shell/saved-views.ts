import { useSyncExternalStore } from "react";

export interface SavedView {
  name: string;
  href: string;
}

const STORAGE_KEY = "vitrine:views";
const MOST = 50;
const NONE: SavedView[] = [];

const listeners = new Set<() => void>();
let parsed: { text: string | null; views: SavedView[] } = { text: null, views: NONE };

/** The saved views, sorted by name. The same list as long as nothing changes, as `useSyncExternalStore` requires. */
export function savedViews(): SavedView[] {
  const text = readStorage();
  if (text !== parsed.text) parsed = { text, views: parseViews(text) };
  return parsed.views;
}

export function useSavedViews(): SavedView[] {
  return useSyncExternalStore(subscribe, savedViews, () => NONE);
}

export function saveView(view: SavedView) {
  writeStorage(withView(savedViews(), view));
}

export function deleteView(name: string) {
  writeStorage(savedViews().filter((view) => view.name !== name));
}

export function withView(views: SavedView[], view: SavedView): SavedView[] {
  const others = views.filter(({ name }) => name !== view.name);
  return [...others, view].sort((a, b) => a.name.localeCompare(b.name)).slice(0, MOST);
}

/** The views in the stored text; none where it is not a list. */
export function parseViews(text: string | null): SavedView[] {
  try {
    const value: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(value) ? value.filter(isView) : NONE;
  } catch {
    return NONE;
  }
}

function isView(value: unknown): value is SavedView {
  if (typeof value !== "object" || value === null || !("name" in value) || !("href" in value)) return false;
  return typeof value.name === "string" && typeof value.href === "string" && value.href.startsWith("/artifacts");
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

// Browsers that block storage throw on access: there is nothing to save then.

function writeStorage(views: SavedView[]) {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(views));
  } catch {}
  for (const each of listeners) each();
}

function readStorage(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

import { useSyncExternalStore } from "react";
import { storedText } from "#app/_ui/stored-text";

export interface SavedView {
  name: string;
  href: string;
}

const storage = storedText("vitrine:views");
const MOST = 50;
const NONE: SavedView[] = [];

let parsed: { text: string | null; views: SavedView[] } = { text: null, views: NONE };

/** The saved views, sorted by name. The same list as long as nothing changes, as `useSyncExternalStore` requires. */
export function savedViews(): SavedView[] {
  const text = storage.read();
  if (text !== parsed.text) parsed = { text, views: parseViews(text) };
  return parsed.views;
}

export function useSavedViews(): SavedView[] {
  return useSyncExternalStore(storage.subscribe, savedViews, () => NONE);
}

export function saveView(view: SavedView) {
  storage.write(JSON.stringify(withView(savedViews(), view)));
}

export function deleteView(name: string) {
  storage.write(JSON.stringify(savedViews().filter((view) => view.name !== name)));
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

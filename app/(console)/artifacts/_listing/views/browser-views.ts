import { useSyncExternalStore } from "react";
import { storedText } from "#app/_ui/stored-text";

/** A view that was kept in the browser, before views were stored on the server. */
export interface BrowserView {
  name: string;
  href: string;
}

const storage = storedText("vitrine:views");
const NONE: BrowserView[] = [];

let parsed: { text: string | null; views: BrowserView[] } = { text: null, views: NONE };

/** The views in this browser. The same list as long as nothing changes, as `useSyncExternalStore` requires. */
export function browserViews(): BrowserView[] {
  const text = storage.read();
  if (text !== parsed.text) parsed = { text, views: parseViews(text) };
  return parsed.views;
}

export function useBrowserViews(): BrowserView[] {
  return useSyncExternalStore(storage.subscribe, browserViews, () => NONE);
}

/** Forgets views of this browser. */
export function forgetViews(views: BrowserView[]): void {
  const names = new Set(views.map(({ name }) => name));
  storage.write(JSON.stringify(browserViews().filter(({ name }) => !names.has(name))));
}

/** The views in the stored text; none where it is not a list. */
export function parseViews(text: string | null): BrowserView[] {
  try {
    const value: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(value) ? value.filter(isView) : NONE;
  } catch {
    return NONE;
  }
}

function isView(value: unknown): value is BrowserView {
  if (typeof value !== "object" || value === null || !("name" in value) || !("href" in value)) return false;
  return typeof value.name === "string" && typeof value.href === "string" && value.href.startsWith("/artifacts");
}

/** A name that none of the others has: `Weather (2)`. At most 60 characters, as a view's name. */
export function freeName(name: string, used: ReadonlySet<string>): string {
  const base = name.trim() || "View";
  for (let n = 1; ; n++) {
    const end = n === 1 ? "" : ` (${n})`;
    const text = `${base
      .slice(0, 60 - end.length)
      .replace(/[\ud800-\udbff]$/, "")
      .trim()}${end}`;
    if (!used.has(text)) return text;
  }
}

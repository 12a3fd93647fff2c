import { storedList, useStoredList } from "#app/_ui/stored-text";

/** A view that was kept in the browser, before views were stored on the server. */
export interface BrowserView {
  name: string;
  href: string;
}

const stored = storedList("vitrine:views", isView);

/** The views in this browser. */
export function useBrowserViews(): BrowserView[] {
  return useStoredList(stored);
}

/** Forgets views of this browser. */
export function forgetViews(views: BrowserView[]): void {
  const names = new Set(views.map(({ name }) => name));
  stored.write(stored.read().filter(({ name }) => !names.has(name)));
}

export function isView(value: unknown): value is BrowserView {
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

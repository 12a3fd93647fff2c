import { storedList } from "#app/_ui/stored-text";

export interface RecentPage {
  kind: "key" | "run";
  label: string;
  href: string;
}

const stored = storedList("vitrine:recent", isRecentPage);
const MOST = 6;

/** The recent pages, the last visited first. */
export function recentPages(): RecentPage[] {
  return stored.read();
}

export function addRecentPage(page: RecentPage) {
  stored.write(withRecent(recentPages(), page));
}

export function withRecent(pages: RecentPage[], page: RecentPage): RecentPage[] {
  return [page, ...pages.filter(({ href }) => href !== page.href)].slice(0, MOST);
}

export function isRecentPage(value: unknown): value is RecentPage {
  if (typeof value !== "object" || value === null) return false;
  if (!("kind" in value && "label" in value && "href" in value)) return false;
  return (
    (value.kind === "key" || value.kind === "run") && typeof value.label === "string" && typeof value.href === "string"
  );
}

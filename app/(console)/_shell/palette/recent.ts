import { storedText } from "#app/_ui/stored-text";

export interface RecentPage {
  kind: "key" | "run";
  label: string;
  href: string;
}

const storage = storedText("vitrine:recent");
const MOST = 6;

/** The recent pages, the last visited first; none where the stored text is not JSON. */
export function recentPages(): RecentPage[] {
  try {
    return parseRecentPages(storage.read());
  } catch {
    return [];
  }
}

export function addRecentPage(page: RecentPage) {
  storage.write(JSON.stringify(withRecent(recentPages(), page)));
}

export function withRecent(pages: RecentPage[], page: RecentPage): RecentPage[] {
  return [page, ...pages.filter(({ href }) => href !== page.href)].slice(0, MOST);
}

/** The pages in the stored text, without invalid ones. Throws where it is not JSON. */
export function parseRecentPages(text: string | null): RecentPage[] {
  const value: unknown = JSON.parse(text ?? "[]");
  return Array.isArray(value) ? value.filter(isRecentPage) : [];
}

function isRecentPage(value: unknown): value is RecentPage {
  if (typeof value !== "object" || value === null) return false;
  if (!("kind" in value && "label" in value && "href" in value)) return false;
  return (
    (value.kind === "key" || value.kind === "run") && typeof value.label === "string" && typeof value.href === "string"
  );
}

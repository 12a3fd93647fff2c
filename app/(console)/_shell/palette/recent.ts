/** A place that was visited. */
export interface Place {
  kind: "key" | "run";
  label: string;
  href: string;
}

const STORE = "vitrine:recent";
const MOST = 6;

/** The places visited last, the newest first; none where the browser keeps nothing. */
export function recentPlaces(): Place[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORE) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isPlace) : [];
  } catch {
    return [];
  }
}

/** Remembers a visit. */
export function visited(place: Place) {
  const rest = recentPlaces().filter(({ href }) => href !== place.href);
  try {
    localStorage.setItem(STORE, JSON.stringify([place, ...rest].slice(0, MOST)));
  } catch {
    // A browser that keeps nothing has no recent places.
  }
}

function isPlace(value: unknown): value is Place {
  if (typeof value !== "object" || value === null) return false;
  if (!("kind" in value && "label" in value && "href" in value)) return false;
  return (
    (value.kind === "key" || value.kind === "run") && typeof value.label === "string" && typeof value.href === "string"
  );
}

import { createLoader, createSerializer, type inferParserType, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { ArtifactSort } from "#contract/artifact";
import type { ArtifactFilter } from "#contract/where";

/** The orders a person can choose, in the words of the URL. */
export const SORTS = ["newest", "oldest", "updated", "key", "key-desc"] as const;

const SORT: Record<(typeof SORTS)[number], ArtifactSort> = {
  newest: "CREATED_DESC",
  oldest: "CREATED_ASC",
  updated: "UPDATED_DESC",
  key: "KEY_ASC",
  "key-desc": "KEY_DESC",
};

/** What the URL of the list may say; the server and the browser read it with these same parsers. */
export const viewParsers = {
  versions: parseAsStringLiteral(["latest", "all"]).withDefault("latest"),
  keys: parseAsStringLiteral(["any", "none"]).withDefault("any"),
  type: parseAsString.withDefault(""),
  key: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(SORTS).withDefault("newest"),
  cursor: parseAsString.withDefault(""),
};

/** One way to look at the list: all that its URL says. */
export type View = inferParserType<typeof viewParsers>;

/** Reads the view from the search parameters of a page; what it does not know it leaves out. */
export const loadView = createLoader(viewParsers);

const serialize = createSerializer(viewParsers);

/** The address of a view; defaults are left out of it. */
export function hrefOf(view: Partial<View>): string {
  return serialize("/artifacts", view);
}

/** Which rows a view holds: the latest of each key, every version, or what has no key. */
export function scopeOf(view: View): "latest" | "all" | "keyless" {
  if (view.keys === "none") return "keyless";
  return view.versions;
}

/** The filter of a view, or undefined where it filters nothing. */
export function filterOf(view: View): ArtifactFilter | undefined {
  const filter: ArtifactFilter = {};
  const keyless = view.keys === "none";
  if (view.type) filter.type = { any: [view.type] };
  if (keyless) filter.key = { exists: false };
  else if (view.key) filter.key = { contains: view.key };
  return Object.keys(filter).length > 0 ? filter : undefined;
}

/** What `page` is asked for a view. */
export function pageInput(view: View) {
  const artifacts = filterOf(view);
  return {
    where: artifacts && { artifacts },
    sort: SORT[view.sort],
    cursor: view.cursor || undefined,
  };
}

/** A person's filters that are on, each with its words and the view without it. */
export function activeFilters(view: View): { name: string; without: View }[] {
  const active: { name: string; without: View }[] = [];
  if (view.key && view.keys !== "none") {
    active.push({ name: `the key “${view.key}”`, without: { ...view, key: "", cursor: "" } });
  }
  if (view.type) active.push({ name: `the type “${view.type}”`, without: { ...view, type: "", cursor: "" } });
  return active;
}

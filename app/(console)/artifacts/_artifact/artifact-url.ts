import { createLoader, createSerializer, parseAsStringLiteral } from "nuqs/server";

const parsers = { tab: parseAsStringLiteral(["content", "raw", "edit"]).withDefault("content") };

/** What one looks at: the data as its type wants it, the data as stored, or the form that changes it. */
export type TabName = "content" | "raw" | "edit";

/** Reads the tab from the search parameters of the page. */
export const loadTab = createLoader(parsers);

const serialize = createSerializer(parsers);

/** The address of a version, at one of its tabs. */
export function artifactHref(id: string, tab: TabName = "content"): string {
  return serialize(`/artifacts/artifact/${id}`, { tab });
}

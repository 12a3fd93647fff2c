import { createLoader, createSerializer, parseAsStringLiteral } from "nuqs/server";

const parsers = { tab: parseAsStringLiteral(["content", "raw", "edit"]).withDefault("content") };

/** The data shown by its type, the stored JSON text, or the edit form. */
export type TabName = "content" | "raw" | "edit";

/** Reads the tab from the search parameters of the page. */
export const loadTab = createLoader(parsers);

const serialize = createSerializer(parsers);

/** The URL of a version's page. */
export function artifactHref(id: string, tab: TabName = "content"): string {
  return serialize(`/artifacts/artifact/${id}`, { tab });
}

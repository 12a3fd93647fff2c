import { createSerializer, parseAsInteger, parseAsStringLiteral } from "nuqs/server";
import type { Artifact } from "#contract/artifact";
import { parseAsOf } from "../_past/as-of";

export const TABS = ["content", "raw", "changes", "edit"] as const;

/** The data shown by its type, the stored JSON text, who changed what, or the edit form. */
export type TabName = (typeof TABS)[number];

const serialize = createSerializer({
  version: parseAsInteger,
  tab: parseAsStringLiteral(TABS).withDefault("content"),
});

const serializePast = createSerializer({ asOf: parseAsOf });

/** The path of a key's page, which shows its latest version. */
export function keyHref(key: string): string {
  return `/artifacts/key/${key.split("/").map(encodeURIComponent).join("/")}`;
}

/** The address of the version of a key that a label names. */
export function labelHref(key: string, label: string): string {
  return `${keyHref(key)}?version=${label}`;
}

/** The permanent address of a version: under its key by its number, without a key by its id. */
export function artifactHref(
  { id, key, version }: Pick<Artifact, "id" | "key" | "version">,
  tab: TabName = "content",
): string {
  return key === null ? serialize(`/artifacts/artifact/${id}`, { tab }) : serialize(keyHref(key), { version, tab });
}

/** The page of a version as it was at a timestamp. */
export function pastHref(artifact: Pick<Artifact, "id" | "key" | "version">, asOf: string): string {
  return serializePast(artifactHref(artifact), { asOf });
}

/** The address of a page whose find bar has some words; without words, as it is. */
export function findHref(href: string, find: string): string {
  return find === "" ? href : `${href}${href.includes("?") ? "&" : "?"}${new URLSearchParams({ find })}`;
}

/** The page that shows a version: the page of its key for the latest, else its permanent address. */
export function pageHref(artifact: Pick<Artifact, "id" | "key" | "version">, isLatest: boolean): string {
  return artifact.key !== null && isLatest ? keyHref(artifact.key) : artifactHref(artifact);
}

import type { Artifact } from "#contract/artifact";

/** The path of a version's page, or of the latest version of its key where it is not `permanent`. */
export function pagePath({ id, key, version }: Pick<Artifact, "id" | "key" | "version">, permanent = true): string {
  if (key === null) return `/artifacts/artifact/${id}`;
  return `/artifacts/key/${key}${permanent ? `?version=${version}` : ""}`;
}

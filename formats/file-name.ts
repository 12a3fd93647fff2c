import type { Artifact } from "#contract/artifact";

/** The name of a file for the data of a version, without an extension: `daily-report-v3`, or the id without a key. */
export function fileNameOf({ id, key, version }: Pick<Artifact, "id" | "key" | "version">): string {
  return key === null ? id : `${key.slice(0, 200)}-v${version}`;
}

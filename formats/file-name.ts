import type { Artifact } from "#contract/artifact";

type Named = Pick<Artifact, "id" | "key" | "version">;

/** What is left for the extension and the number, as file systems take names of 255 bytes. */
const MAX_NAME = 200;

/** The name of a file for the data of a version, without an extension: `reports_daily-v3`, or the id without a key. */
export function fileNameOf({ id, key, version }: Named): string {
  return key === null ? id : `${key.replaceAll("/", "_").slice(0, MAX_NAME)}-v${version}`;
}

/** The path of that file in an archive, in which a key with slashes is in folders: `reports/daily-v3`. */
export function filePathOf({ id, key, version }: Named): string {
  if (key === null) return id;
  const names = key.split("/").map((name) => name.slice(0, MAX_NAME));
  return `${names.join("/")}-v${version}`;
}

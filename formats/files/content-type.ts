import type { ListedFile } from "./file-list";
import { extensionOf } from "./language";

/** The types of JSON that a file can have, whose viewers take it parsed; charts and others are known by their members. */
const JSON_TYPES = new Set(["json", "geojson", "sarif"]);

const TYPES_OF_EXTENSIONS: Record<string, string> = {
  md: "markdown",
  markdown: "markdown",
  json: "json",
  geojson: "geojson",
  sarif: "sarif",
  webmanifest: "json",
  map: "json",
};

export function isJsonType(type: string | null): boolean {
  return type !== null && JSON_TYPES.has(type);
}

/** The type of the content of a text; null where neither its name nor its media type says it. */
export function typeOfContent({ path, mediaType }: Pick<ListedFile, "path" | "mediaType">): string | null {
  const extension = extensionOf(path) ?? "";
  if (Object.hasOwn(TYPES_OF_EXTENSIONS, extension)) return TYPES_OF_EXTENSIONS[extension] ?? null;
  if (mediaType === "text/markdown") return "markdown";
  return /[/+]json$/.test(mediaType) ? "json" : null;
}

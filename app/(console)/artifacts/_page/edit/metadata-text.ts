import type { Metadata } from "#contract/artifact";
import type { Json } from "#contract/json";

/** A row of the metadata form. `id` only tells rows apart. */
export interface MetadataRow {
  id: number;
  name: string;
  text: string;
}

/** A value as it is edited: JSON, or the content of a string that does not parse as JSON. */
export function formatValue(value: Json): string {
  return typeof value === "string" && parseValue(value) === value ? value : JSON.stringify(value);
}

/** The inverse of `formatValue`: the value of JSON, else the text itself. */
export function parseValue(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The kind of the value that a text parses to. */
export function kindOf(text: string): string {
  const value = parseValue(text);
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  return typeof value === "string" ? "text" : typeof value;
}

export function rowsOf(metadata: Metadata | null): MetadataRow[] {
  return Object.entries(metadata ?? {}).map(([name, value], id) => ({ id, name, text: formatValue(value) }));
}

/** The metadata in rows, or a name that is used twice. Empty rows are ignored; without others the metadata is null. */
export function metadataOf(rows: MetadataRow[]): { metadata: Metadata | null } | { duplicate: string } {
  const entries = new Map<string, Json>();
  for (const { name, text } of rows) {
    if (name === "" && text === "") continue;
    if (entries.has(name)) return { duplicate: name };
    entries.set(name, parseValue(text));
  }
  return { metadata: entries.size === 0 ? null : Object.fromEntries(entries) };
}

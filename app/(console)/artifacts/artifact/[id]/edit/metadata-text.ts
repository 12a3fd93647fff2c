import type { Metadata } from "#contract/artifact";
import type { Json } from "#contract/json";

/** A row of the metadata form: a name, and a value as it is typed. `id` only tells rows apart. */
export interface MetadataRow {
  id: number;
  name: string;
  text: string;
}

/** A value as it is typed: JSON, where plain text would be read as something else; else the text itself. */
export function formatValue(value: Json): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return typeof parseValue(value) === "string" && parseValue(value) === value ? value : JSON.stringify(value);
}

/** The value that was typed: what it is as JSON, else the text as it stands. The inverse of `textOf`. */
export function parseValue(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What kind of value was typed, in a word. */
export function kindOf(text: string): string {
  const value = parseValue(text);
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  if (typeof value === "string") return "text";
  return typeof value === "boolean" ? "yes or no" : typeof value;
}

/** Metadata as rows to edit. */
export function rowsOf(metadata: Metadata | null): MetadataRow[] {
  return Object.entries(metadata ?? {}).map(([name, value], id) => ({ id, name, text: formatValue(value) }));
}

/** The metadata that rows say, or which name they say twice. Rows without a name and a value are left out; no rows at all is null. */
export function metadataOf(rows: MetadataRow[]): { metadata: Metadata | null } | { twice: string } {
  const filled = rows.filter(({ name, text }) => name !== "" || text !== "");
  const entries = new Map<string, Json>();
  for (const { name, text } of filled) {
    if (entries.has(name)) return { twice: name };
    entries.set(name, parseValue(text));
  }
  return { metadata: entries.size === 0 ? null : Object.fromEntries(entries) };
}

import type { Json } from "#contract/json";

/** A text of a notebook, which may be a list of lines with their line breaks; null for other data. */
export function joined(data: Json | undefined): string | null {
  if (typeof data === "string") return data;
  if (!Array.isArray(data)) return null;
  return data.every((line) => typeof line === "string") ? data.join("") : null;
}

/** The members of an object; none of other data. */
export function membersOf(data: Json | undefined): { [name: string]: Json } {
  return typeof data === "object" && data !== null && !Array.isArray(data) ? data : {};
}

export function itemsOf(data: Json | undefined): Json[] {
  return Array.isArray(data) ? data : [];
}

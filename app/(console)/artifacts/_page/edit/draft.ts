import type { ArtifactDetail, Metadata } from "#contract/artifact";
import type { Json } from "#contract/json";
import { JsonSyntaxError, scanJson } from "#contract/json-scan";
import { formatJson, parseExact } from "#formats/exact-json";
import { type MetadataRow, metadataOf, rowsOf } from "./metadata-text";

/** The unsaved content of the edit form. */
export interface Draft {
  /** The `updated` timestamp of the version that the draft is based on. */
  base: string;
  description: string;
  rows: MetadataRow[];
  /** The text of the data; null while unchanged. */
  data: string | null;
  /** Whether changed data is published as a new version or replaces this one. */
  saving: "version" | "replace";
}

export function draftOf(artifact: ArtifactDetail): Draft {
  return {
    base: artifact.updated,
    description: artifact.description ?? "",
    rows: rowsOf(artifact.metadata),
    data: null,
    saving: artifact.key === null ? "replace" : "version",
  };
}

/** Whether data is edited as text rather than as JSON. A table in a string is JSON. */
export function isPlainText(type: string | null, data: Json): boolean {
  return typeof data === "string" && type !== "table";
}

/** The fields that a draft changes. */
export interface Change {
  description?: string | null;
  metadata?: Metadata | null;
  data?: Json;
}

/** The fields in which a draft differs from the version and its `stored` JSON text, or why the draft is invalid. */
export function changeOf(
  draft: Draft,
  artifact: ArtifactDetail,
  stored: string | undefined,
): Change | { error: string } {
  const change: Change = {};
  const description = draft.description === "" ? null : draft.description;
  if (description !== (artifact.description || null)) change.description = description;
  const parsed = metadataOf(draft.rows);
  if ("duplicate" in parsed) return { error: `Metadata field "${parsed.duplicate}" is used twice.` };
  if (!sameMetadata(parsed.metadata, artifact.metadata)) change.metadata = parsed.metadata;
  if (draft.data !== null && stored !== undefined && draft.data !== editableText(artifact.type, stored)) {
    if (isPlainText(artifact.type, JSON.parse(stored))) change.data = draft.data;
    else {
      const error = jsonErrorIn(draft.data);
      if (error !== null) return { error };
      change.data = parseExact(draft.data);
    }
  }
  return change;
}

/** The stored JSON text as it is edited: the content of a string that is plain text, any other data as indented JSON. */
export function editableText(type: string | null, stored: string): string {
  const data: Json = JSON.parse(stored);
  return typeof data === "string" && isPlainText(type, data) ? data : formatJson(stored);
}

/** `Invalid JSON at line 1, column 8.`, or why else the server would reject the text; null for valid JSON. */
export function jsonErrorIn(text: string): string | null {
  try {
    scanJson(text, []);
    return null;
  } catch (error) {
    if (error instanceof JsonSyntaxError) {
      const before = text.slice(0, error.position).split("\n");
      return `Invalid JSON at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}.`;
    }
    return error instanceof Error ? error.message : String(error);
  }
}

function sameMetadata(one: Metadata | null, other: Metadata | null): boolean {
  const normalized = (metadata: Metadata | null) => JSON.stringify(Object.entries(metadata ?? {}).sort());
  return normalized(one) === normalized(other);
}

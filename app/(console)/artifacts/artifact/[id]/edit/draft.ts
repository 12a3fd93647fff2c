import type { ArtifactDetail, Metadata } from "#contract/artifact";
import type { Json } from "#contract/json";
import { parseExact, prettyJson } from "#formats/exact-json";
import { type MetadataRow, metadataOf, rowsOf } from "./metadata-text";

/** What a person has typed and not saved, and the state of the version that they typed it against. */
export interface Draft {
  base: string;
  description: string;
  rows: MetadataRow[];
  /** The data as it is typed; null while it was not touched. */
  data: string | null;
  /** What saving changed data does. */
  saving: "version" | "replace";
}

/** The form of a version before anything was typed. */
export function draftOf(artifact: ArtifactDetail): Draft {
  return {
    base: artifact.updated,
    description: artifact.description ?? "",
    rows: rowsOf(artifact.metadata),
    data: null,
    saving: artifact.key === null ? "replace" : "version",
  };
}

/** Whether data is edited as text rather than as JSON: a string of a type that is written by people. */
export function isPlainText(type: string | null, data: Json): boolean {
  return typeof data === "string" && type !== "table";
}

/** What saving a draft sends: only what differs from the version. */
export interface Change {
  description?: string | null;
  metadata?: Metadata | null;
  data?: Json;
}

/** The change that a draft makes to a version, or the sentence that says what is wrong with it. */
export function changeOf(
  draft: Draft,
  artifact: ArtifactDetail,
  stored: string | undefined,
): Change | { fault: string } {
  const change: Change = {};
  const description = draft.description === "" ? null : draft.description;
  if (description !== (artifact.description || null)) change.description = description;
  const typed = metadataOf(draft.rows);
  if ("twice" in typed) return { fault: `The metadata has the name “${typed.twice}” twice: rename one of them.` };
  if (!sameMetadata(typed.metadata, artifact.metadata)) change.metadata = typed.metadata;
  if (draft.data !== null && stored !== undefined && draft.data !== editableText(artifact.type, stored)) {
    const data = dataOf(draft.data, artifact.type, stored);
    if (data === undefined) return { fault: "The data is not JSON: correct it before saving." };
    change.data = data;
  }
  return change;
}

/** The stored JSON text as it is put before a person: the string itself where it is written text, else JSON laid out. */
export function editableText(type: string | null, stored: string): string {
  const data: Json = JSON.parse(stored);
  return typeof data === "string" && isPlainText(type, data) ? data : prettyJson(stored);
}

function dataOf(text: string, type: string | null, stored: string): Json | undefined {
  if (isPlainText(type, JSON.parse(stored))) return text;
  try {
    return parseExact(text);
  } catch {
    return undefined;
  }
}

function sameMetadata(one: Metadata | null, other: Metadata | null): boolean {
  const plain = (metadata: Metadata | null) => JSON.stringify(Object.entries(metadata ?? {}).sort());
  return plain(one) === plain(other);
}

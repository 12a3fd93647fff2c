import type { Artifact, Metadata } from "#contract/artifact";
import { formatJson } from "#formats/exact-json";
import { jsonProblem, positionText } from "#formats/json-problem";
import { type MetadataRow, metadataOf, rowsOf } from "./metadata-text";

/** What the form edits of a version. */
export interface Content {
  /** Empty where the version has none. */
  description: string;
  metadata: Metadata | null;
  /** The JSON text of the data; null where it is not known. */
  data: string | null;
}

/** The unsaved content of the edit form. */
export interface Draft {
  /** When the first change was made. */
  began: string;
  /** What each field was when it was first changed. `data` is null while the data is unchanged. */
  base: Content;
  /** The fields that someone else has changed since, and whose new content the draft has. */
  adopted: string[];
  description: string;
  rows: MetadataRow[];
  /** The edited text of the data; null while unchanged. */
  data: string | null;
  /** Whether changed data is published as a new version or replaces this one. */
  saving: "version" | "replace";
}

/** The content of a version. @param data its stored JSON text, null if that is not loaded */
export function contentOf({ description, metadata }: Artifact, data: string | null): Content {
  return { description: description ?? "", metadata, data };
}

/** A draft without any change. @param now the timestamp of its beginning */
export function draftOf(artifact: Artifact, now: string): Draft {
  const { description, metadata } = contentOf(artifact, null);
  return {
    began: now,
    base: { description, metadata, data: null },
    adopted: [],
    description,
    rows: rowsOf(metadata),
    data: null,
    saving: artifact.key === null ? "replace" : "version",
  };
}

/**
 * A draft with another text of the data; the text that the data had at first is no change.
 * @param stored the JSON text that the form showed before the first change
 */
export function withData(draft: Draft, data: string, stored: string, type: string | null): Draft {
  const base = draft.base.data ?? stored;
  const isBase = data === editableText(type, base) || (data === base && !isPlainText(type, base));
  return { ...draft, data: isBase ? null : data, base: { ...draft.base, data: isBase ? null : base } };
}

/** Whether data is edited as text rather than as JSON. A table in a string is JSON. @param stored its JSON text */
export function isPlainText(type: string | null, stored: string): boolean {
  return type !== "table" && stored.trimStart().startsWith('"');
}

/** The stored JSON text as it is edited: the content of a string that is plain text, any other data as indented JSON. */
export function editableText(type: string | null, stored: string): string {
  return isPlainText(type, stored) ? String(JSON.parse(stored)) : indented(stored);
}

let last = { text: "", indented: "" };

/** One text is indented again and again while it is edited, so the last one is remembered. */
function indented(text: string): string {
  if (last.text !== text) last = { text, indented: formatJson(text) };
  return last.indented;
}

/** The JSON text that a draft's data is saved as, exactly as it was typed; null while unchanged. */
export function dataOf({ data, base }: Draft, type: string | null): string | null {
  if (data === null || base.data === null) return null;
  return isPlainText(type, base.data) ? JSON.stringify(data) : data;
}

/** Why a draft cannot be saved, or null. */
export function problemOf(draft: Draft, type: string | null): string | null {
  const parsed = metadataOf(draft.rows);
  if ("duplicate" in parsed) return `Metadata field "${parsed.duplicate}" is used twice.`;
  const data = dataOf(draft, type);
  const problem = data === null ? null : jsonProblem(data);
  if (problem === null) return null;
  return problem.at === null ? problem.message : `Data, ${positionText(data ?? "", problem.at)}: ${problem.message}`;
}

/** Whether nothing in the form differs from the base, not even an empty row of metadata. */
export function isUntouched({ base, description, rows, data }: Draft): boolean {
  const original = rowsOf(base.metadata);
  const isSameRow = (row: MetadataRow, at: number) =>
    row.name === original[at]?.name && row.text === original[at]?.text;
  return data === null && description === base.description && rows.length === original.length && rows.every(isSameRow);
}

/** `09:14`, with the date unless it is that of `now`; in the local time zone unless one is given. */
export function draftTime(began: string, now: Date, timeZone?: string): string {
  const form = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat("en-GB", { ...options, timeZone });
  const day = form({ day: "numeric", month: "short" });
  const date = new Date(began);
  const time = form({ hour: "2-digit", minute: "2-digit" }).format(date);
  return day.format(date) === day.format(now) ? time : `${day.format(date)}, ${time}`;
}

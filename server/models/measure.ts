import { type Json, parseJson } from "#contract/json";
import type { RawJson } from "#contract/raw-json";

/** What a version keeps beside its data, so that lists, timelines and charts never read the data. */
export interface Measure {
  size: number;
  rows: number | null;
  number: number | null;
}

/** Measures data: bytes, rows if its type is "table", and its value if it is a finite number. */
export function measure(type: string | null | undefined, data: RawJson): Measure {
  const text = data.text();
  const number = /^[\s\d-]/.test(text) ? Number(text) : Number.NaN;
  return {
    size: data.bytes,
    rows: type === "table" ? rowsOf(JSON.parse(text)) : null,
    number: Number.isFinite(number) && text.trim() !== "" ? number : null,
  };
}

/** Whether data could be a table, judged by its first character. */
export function canBeTable(data: RawJson): boolean {
  return /^\s*[[{"]/.test(data.text());
}

/** The rows of a list of rows, of an object of columns, or of a JSON string of one of them (Prefect's way). */
function rowsOf(data: Json): number | null {
  if (Array.isArray(data)) return data.length;
  if (typeof data === "string") return /^\s*[[{]/.test(data) ? rowsOfText(data) : null;
  if (data === null || typeof data !== "object") return null;
  const columns = Object.values(data).filter(Array.isArray);
  return columns.length > 0 ? Math.max(...columns.map((column) => column.length)) : null;
}

function rowsOfText(text: string): number | null {
  const data = parseJson(text);
  return data === undefined || typeof data === "string" ? null : rowsOf(data);
}

import type { RawJson } from "#contract/raw-json";
import { nextTurn, runBySize, STEP } from "#formats/steps";
import { countRows } from "#formats/table-form";

/** Stored with each version, so that lists, timelines and charts never read its data. */
export interface Measure {
  size: number;
  rows: number | null;
  number: number | null;
}

/** The size of data in bytes, its rows if it is a table by type and form, and its value if it is a finite number. */
export async function measure(type: string | null | undefined, data: RawJson): Promise<Measure> {
  if (data.bytes > STEP) await nextTurn();
  const text = data.text();
  const number = /^[\s\d-]/.test(text) ? Number(text) : Number.NaN;
  return {
    size: data.bytes,
    rows: type === "table" ? await runBySize(data.bytes, countRows(data.utf8())) : null,
    number: Number.isFinite(number) && text.trim() !== "" ? number : null,
  };
}

/** Whether data could be a table, judged by its first character. */
export function canBeTable(data: RawJson): boolean {
  return /^\s*[[{"]/.test(data.text());
}

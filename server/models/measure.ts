import { RawJson } from "#contract/raw-json";
import { createPauses, nextTurn, runBySize, STEP } from "#formats/steps";
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

/** Measures the data of many rows, with other requests in between. */
export async function measureAll<Row extends { type?: string | null | undefined; data?: RawJson | undefined }>(
  rows: readonly Row[],
): Promise<Measure[]> {
  const pause = createPauses();
  const measures: Measure[] = [];
  for (const { type, data = RawJson.null } of rows) {
    measures.push(await measure(type, data));
    await pause(data.bytes);
  }
  return measures;
}

/** Whether data could be a table, judged by its first character. */
export function canBeTable(data: RawJson): boolean {
  return /^\s*[[{"]/.test(data.text());
}

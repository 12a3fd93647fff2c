import { formatCount } from "../number";

/** How many rows, and about how many characters of them, a table that a viewer makes of data has. */
export const MAX_ROWS = 10_000;
const MAX_CHARACTERS = 4_000_000;
/** In characters. One text of the data may be that of thousands of rows. */
export const MAX_TEXT = 2_000;

/** A text of such a row. */
export function cut(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

/** The JSON text of the first rows, and a sentence if there are more: `of` is how many there are. */
export function jsonOfRows(rows: readonly object[], of: number): { text: string; left: string | null } {
  const texts: string[] = [];
  let size = 0;
  for (const row of rows) {
    if (texts.length >= MAX_ROWS || size >= MAX_CHARACTERS) break;
    const text = JSON.stringify(row);
    size += text.length;
    texts.push(text);
  }
  const left = `The table has the first ${formatCount(texts.length)} of ${formatCount(of)} rows.`;
  return { text: `[${texts.join(",")}]`, left: texts.length < of ? left : null };
}

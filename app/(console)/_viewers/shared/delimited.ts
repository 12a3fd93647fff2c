/**
 * The cells of CSV and the like: rows by line, columns by `separator`. A cell in quotes may hold both, and doubled quotes;
 * a quote elsewhere is a letter. A line break at the end does not begin another row.
 */
export function parseDelimited(text: string, separator: "," | ";" | "\t" | "|"): string[][] {
  const end = new RegExp(`[${separator}\r\n]|$`, "g");
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at <= text.length) {
    const quoted = quotedCell(text, at, separator);
    end.lastIndex = at;
    const stop = quoted?.end ?? end.exec(text)?.index ?? text.length;
    row.push(quoted?.cell ?? text.slice(at, stop));
    at = stop + 1;
    if (text[stop] === separator) continue;
    rows.push(row);
    row = [];
    if (text[stop] === "\r" && text[stop + 1] === "\n") at += 1;
    if (at >= text.length) break;
  }
  return rows;
}

/** Null where a quotation mark is only a part of the cell. */
function quotedCell(text: string, at: number, separator: string): { cell: string; end: number } | null {
  if (text[at] !== '"') return null;
  let close = text.indexOf('"', at + 1);
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  const next = text[close + 1];
  const isClosed = close >= 0 && (next === undefined || next === separator || next === "\r" || next === "\n");
  return isClosed ? { cell: text.slice(at + 1, close).replaceAll('""', '"'), end: close + 1 } : null;
}

/** A cell as a spreadsheet reads it from the clipboard. */
export function tsvCell(text: string): string {
  return /[\t\r\n]|^"/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

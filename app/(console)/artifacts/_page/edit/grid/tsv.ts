/**
 * The cells of a text from the clipboard of a spreadsheet: rows by line, columns by tab. A cell in quotes may hold both,
 * and doubled quotes.
 */
export function parseTsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at <= text.length) {
    const quoted = quotedCell(text, at);
    const end = quoted?.end ?? plainEnd(text, at);
    row.push(quoted?.cell ?? text.slice(at, end));
    const separator = text.slice(end, end + 2);
    if (separator.startsWith("\t")) {
      at = end + 1;
      continue;
    }
    rows.push(row);
    row = [];
    at = end + (separator === "\r\n" ? 2 : 1);
    // A line break at the end does not begin another row.
    if (at >= text.length) break;
  }
  return rows;
}

/** Null where a quotation mark is only a part of the cell. */
function quotedCell(text: string, at: number): { cell: string; end: number } | null {
  if (text[at] !== '"') return null;
  const quoted = /"((?:[^"]|"")*)"(?=[\t\r\n]|$)/y;
  quoted.lastIndex = at;
  const match = quoted.exec(text);
  return match && { cell: (match[1] ?? "").replaceAll('""', '"'), end: quoted.lastIndex };
}

function plainEnd(text: string, at: number): number {
  const end = text.slice(at).search(/[\t\r\n]/);
  return end < 0 ? text.length : at + end;
}

/** A cell as a spreadsheet reads it from the clipboard. */
export function tsvCell(text: string): string {
  return /[\t\r\n]|^"/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

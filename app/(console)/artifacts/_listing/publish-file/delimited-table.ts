import { parseDelimited } from "../../../_viewers/shared/delimited";

const SEPARATORS = [",", ";", "\t", "|"] as const;
type Separator = (typeof SEPARATORS)[number];

/** In characters; what the detection of the separator reads. */
const SAMPLE = 64 * 1024;

/** A number of JSON: the cells of a column of numbers stay as they are written. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * The JSON text of a table in CSV, as `vitrine push` writes it: objects named by the first line, or lists where a name is
 * missing or occurs twice. Null without lines, or if a line has more fields than the first.
 * @param usual the separator if none is found, by the extension of the file
 */
export function delimitedTable(text: string, usual: Separator): { json: string; rows: number; columns: number } | null {
  const lines = parseDelimited(text, separatorOf(text, usual)).filter(isFilled);
  const [names, ...rows] = lines;
  if (!names) return null;
  const width = Math.max(...lines.map(widthOf));
  if (width > names.length) return null;
  const columns = Array.from({ length: width }, (_, column) => column);
  const shown = { rows: rows.length, columns: width };
  if (rows.length === 0) return { json: `{${columns.map((at) => `${JSON.stringify(names[at])}:[]`)}}`, ...shown };
  const numeric = columns.map((at) => rows.every((row) => !row[at] || NUMBER.test(row[at])));
  const cellOf = (row: string[], at: number) => {
    const cell = row[at];
    return !cell ? "null" : numeric[at] ? cell : JSON.stringify(cell);
  };
  const heads = names.slice(0, width);
  const isNamed = heads.every(Boolean) && new Set(heads).size === width;
  const written = rows.map((row) => {
    const cells = columns.map((at) => (isNamed ? `${JSON.stringify(names[at])}:` : "") + cellOf(row, at));
    return isNamed ? `{${cells}}` : `[${cells}]`;
  });
  return { json: `[${isNamed ? "" : `${JSON.stringify(heads)},\n`}${written.join(",\n")}]`, ...shown };
}

function isFilled(cells: string[]): boolean {
  return cells.length > 1 || cells[0]?.trim() !== "";
}

/** The number of cells without the empty ones at the end. */
function widthOf(cells: string[]): number {
  return cells.findLastIndex(Boolean) + 1;
}

/** The separator by which most lines have as many fields as the first, of several the one of most fields. */
function separatorOf(text: string, usual: Separator): Separator {
  const score = (separator: Separator) => {
    const lines = parseDelimited(text.slice(0, SAMPLE), separator).filter(isFilled);
    const width = lines[0]?.length ?? 0;
    return width < 2 ? 0 : lines.filter((cells) => cells.length === width).length / lines.length + width / 1e6;
  };
  return SEPARATORS.reduce((best, each) => (score(each) > score(best) ? each : best), usual);
}

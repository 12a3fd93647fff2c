const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Comma- or tab-separated text as the JSON text of a table: a list of objects by the names in the first line, or a list
 * of lists where names are missing or come twice. A column of numbers alone has them as numbers, spelled as they are,
 * and null for an empty cell; every other cell is text.
 * @returns null where a quote is not closed
 */
export function csvToTableJson(text: string, separator: "," | "\t"): string | null {
  const rows = rowsOf(text, separator);
  if (rows === null) return null;
  const [names = [], ...lines] = rows;
  const width = lines.reduce((widest, line) => Math.max(widest, line.length), names.length);
  const numeric = Array.from({ length: width }, (_, column) => isNumeric(lines, column));
  const cell = (value: string | undefined, column: number) => {
    if (!numeric[column]) return JSON.stringify(value ?? "");
    return value ? value : "null";
  };
  const named = width === names.length && names.every(Boolean) && new Set(names).size === width && lines.length > 0;
  const written = lines.map((line) =>
    names.map((name, column) => `${JSON.stringify(name)}:${cell(line[column], column)}`),
  );
  if (named) return `[${written.map((members) => `{${members}}`).join(",\n")}]`;
  const listed = lines.map((line) => line.map(cell));
  return `[${[names.map((name) => JSON.stringify(name)), ...listed].map((cells) => `[${cells}]`).join(",\n")}]`;
}

function isNumeric(lines: string[][], column: number): boolean {
  const filled = lines.map((line) => line[column]).filter((cell) => cell !== undefined && cell !== "");
  return filled.length > 0 && filled.every((cell) => NUMBER.test(cell ?? ""));
}

/** The cells of RFC 4180, also with plain line ends; lines without anything are left out. */
function rowsOf(text: string, separator: string): string[][] | null {
  const rows: string[][] = [];
  const part = new RegExp(`(${separator}|\\r\\n|\\n|\\r)(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n]*))`, "gy");
  let end = 0;
  // Each cell comes after what sets it apart, the first of all included.
  const cells = `\n${text}`;
  for (const [whole, before = "", quoted, plain = ""] of cells.matchAll(part)) {
    if (before !== separator) rows.push([]);
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    end += whole.length;
  }
  if (end !== cells.length) return null;
  return rows.filter((row) => row.length > 1 || row[0] !== "");
}

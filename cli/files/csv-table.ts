const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Converts comma- or tab-separated text (RFC 4180, any line ends) to the JSON text of a table: a list of objects named by
 * the first line, or a list of lists where a name is missing or occurs twice. A column whose filled cells are all numbers
 * keeps them as they are written, with null for empty cells; other cells are strings. Empty lines are left out.
 * @returns null for a quote that is not closed, or text after a closed quote
 */
export function csvToTableJson(text: string, separator: "," | "\t"): string | null {
  const rows = parseRows(text, separator);
  if (rows === null) return null;
  const [names = [], ...lines] = rows;
  const width = lines.reduce((max, line) => Math.max(max, line.length), names.length);
  const numeric = Array.from({ length: width }, (_, column) => isNumeric(lines, column));
  const cell = (value: string | undefined, column: number) => {
    if (!numeric[column]) return JSON.stringify(value ?? "");
    return value ? value : "null";
  };
  const hasNames = width === names.length && names.every(Boolean) && new Set(names).size === width && lines.length > 0;
  if (hasNames) {
    const objects = lines.map((line) =>
      names.map((name, column) => `${JSON.stringify(name)}:${cell(line[column], column)}`),
    );
    return `[${objects.map((members) => `{${members}}`).join(",\n")}]`;
  }
  const lists = [names.map((name) => JSON.stringify(name)), ...lines.map((line) => line.map(cell))];
  return `[${lists.map((cells) => `[${cells}]`).join(",\n")}]`;
}

function isNumeric(lines: string[][], column: number): boolean {
  const filled = lines.map((line) => line[column]).filter((cell) => cell !== undefined && cell !== "");
  return filled.length > 0 && filled.every((cell) => NUMBER.test(cell ?? ""));
}

function parseRows(text: string, separator: string): string[][] | null {
  const rows: string[][] = [];
  const part = new RegExp(`(${separator}|\\r\\n|\\n|\\r)(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n]*))`, "gy");
  let end = 0;
  // With this line end, a separator or a line end precedes every cell.
  const cells = `\n${text}`;
  for (const [match, before = "", quoted, plain = ""] of cells.matchAll(part)) {
    if (before !== separator) rows.push([]);
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    end += match.length;
  }
  if (end !== cells.length) return null;
  return rows.filter((row) => row.length > 1 || row[0] !== "");
}

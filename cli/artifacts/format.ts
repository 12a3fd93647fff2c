import type { Artifact } from "#contract/artifact";

/** Text of others without what a terminal would act on; line ends and tabs stay. */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, "\ufffd");
}

/** Text of others in one line. */
export function oneLine(text: string): string {
  return printable(text).replace(/\s+/g, " ").trim();
}

/** A moment in this machine's time, to the second. */
export function localTime(instant: string): string {
  const date = new Date(instant);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19).replace("T", " ");
}

/** What a version is called: `daily-report@3`, or its id where it has no key. */
export function nameOf({ id, key, version }: Pick<Artifact, "id" | "key" | "version">): string {
  return key === null ? id : `${key}@${version}`;
}

/** Cells in columns: numbers to the right, and no line longer than `width`. */
export function columns(rows: string[][], width: number | null): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    rows.reduce((widest, row) => Math.max(widest, lengthOf(row[column] ?? "")), 0),
  );
  const isNumber = widths.map((_, column) =>
    rows.slice(1).every((row) => /^-?[\d.,]*(?: %)?$/.test(row[column] ?? "")),
  );
  return rows
    .map((row) => {
      const cells = row.map((cell, column) => {
        const space = " ".repeat((widths[column] ?? 0) - lengthOf(cell));
        return isNumber[column] ? space + cell : cell + space;
      });
      return cut(cells.join("  ").trimEnd(), width);
    })
    .join("\n");
}

function lengthOf(cell: string): number {
  return [...cell].length;
}

function cut(line: string, width: number | null): string {
  if (width === null || lengthOf(line) <= width) return line;
  return `${[...line].slice(0, width - 1).join("")}…`;
}

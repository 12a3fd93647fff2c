import { stripVTControlCharacters } from "node:util";
import type { Artifact } from "#contract/artifact";
import type { Output } from "../terminal/output";

/** Removes escape sequences and replaces other control characters, which a terminal would act on; line ends and tabs stay. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(/[^\P{Cc}\n\t]/gu, "\ufffd");
}

/** Printable text that keeps its colours and weights. */
export function coloured(text: string): string {
  const pieces = text.split(/(\p{Cc}\[[\d;]*m)/u);
  const shown = pieces.map((piece, at) => (at % 2 === 1 && piece.startsWith("\u001b") ? piece : printable(piece)));
  return pieces.length > 1 ? `${shown.join("")}\u001b[0m` : shown.join("");
}

export function oneLine(text: string): string {
  return printable(text).replace(/\s+/g, " ").trim();
}

/** A timestamp in the local time zone, to the second: `2026-11-28 10:15:00`. */
export function localTime(timestamp: string): string {
  const date = new Date(timestamp);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19).replace("T", " ");
}

/** How messages name a version: `daily-report@3`, or its id if it has no key. */
export function nameOf({ id, key, version }: Pick<Artifact, "id" | "key" | "version">): string {
  return key === null ? id : `${key}@${version}`;
}

/** Aligns cells in columns, numbers to the right, and cuts lines at `width` characters. The first row is the head. */
export function columns(rows: string[][], width: number | null): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    rows.reduce((max, row) => Math.max(max, lengthOf(row[column] ?? "")), 0),
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

/** Columns below a head that stands out. */
export function headedColumns(head: string[], rows: string[][], { style, width }: Output): string {
  const [first = "", ...rest] = columns([head, ...rows], width).split("\n");
  return [style("dim", first), ...rest].join("\n");
}

function lengthOf(cell: string): number {
  return [...cell].length;
}

function cut(line: string, width: number | null): string {
  if (width === null || lengthOf(line) <= width) return line;
  return `${[...line].slice(0, width - 1).join("")}…`;
}

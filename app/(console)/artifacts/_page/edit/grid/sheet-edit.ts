import { cellFromText, columnKind } from "./cell";
import type { Cell, Sheet, SheetColumn, SheetRow } from "./sheet";

/** A sheet with another cell. */
export function setCell(sheet: Sheet, row: number, column: number, cell: Cell): Sheet {
  const current = sheet.rows[row];
  if (!current || current.cells[column] === cell) return sheet;
  return { ...sheet, rows: sheet.rows.with(row, { cells: current.cells.with(column, cell), source: null }) };
}

/** A sheet with the cell that a text makes, see `cellFromText`. */
export function typeCell(sheet: Sheet, row: number, column: number, text: string): Sheet {
  return setCell(sheet, row, column, cellFromText(text, sheet.rows[row]?.cells[column], columnKind(sheet, column)));
}

/** A sheet with another name of a column. */
export function renameColumn(sheet: Sheet, column: number, name: string): Sheet {
  const current = sheet.columns[column];
  if (!current || current.name === name) return sheet;
  const columns = sheet.columns.with(column, { name, token: JSON.stringify(name) });
  const isInRows = sheet.kind === "objects";
  const rows = isInRows ? sheet.rows.map((row) => (row.cells[column] === undefined ? row : changed(row))) : sheet.rows;
  return { ...sheet, columns, rows };
}

/** A sheet with a row of nulls before the row `at`. */
export function insertRow(sheet: Sheet, at: number): Sheet {
  const row: SheetRow = { cells: sheet.columns.map(() => "null"), source: null };
  return { ...sheet, rows: sheet.rows.toSpliced(at, 0, row) };
}

export function deleteRow(sheet: Sheet, at: number): Sheet {
  return { ...sheet, rows: sheet.rows.toSpliced(at, 1) };
}

/** A sheet with a column of nulls before the column `at`, under a new name. */
export function insertColumn(sheet: Sheet, at: number): Sheet {
  const columns = sheet.columns.toSpliced(at, 0, newColumn(sheet));
  const rows = sheet.rows.map((row) => changed({ ...row, cells: row.cells.toSpliced(at, 0, "null") }));
  return { ...sheet, columns: numbered(sheet, columns), rows };
}

export function deleteColumn(sheet: Sheet, at: number): Sheet {
  const rows = sheet.rows.map((row) => {
    const cells = row.cells.toSpliced(at, 1);
    return row.cells[at] === undefined ? { ...row, cells } : changed({ ...row, cells });
  });
  return { ...sheet, columns: numbered(sheet, sheet.columns.toSpliced(at, 1)), rows };
}

/** A sheet with a block of texts from a cell on; rows and columns are added where it has more. */
export function pasteBlock(sheet: Sheet, row: number, column: number, block: string[][]): Sheet {
  const width = Math.max(0, ...block.map((cells) => cells.length));
  let next = sheet;
  while (next.columns.length < column + width) next = insertColumn(next, next.columns.length);
  while (next.rows.length < row + block.length) next = insertRow(next, next.rows.length);
  const kinds = Array.from({ length: width }, (_, at) => columnKind(sheet, column + at));
  const rows = next.rows.map((each, at) => {
    const texts = block[at - row];
    if (!texts) return each;
    const cells = [...each.cells];
    for (const [offset, text] of texts.entries()) {
      cells[column + offset] = cellFromText(text, each.cells[column + offset], kinds[offset] ?? null);
    }
    return cells.every((cell, index) => cell === each.cells[index]) ? each : { cells, source: null };
  });
  return { ...next, rows };
}

/** How many cells a sheet would have with a block pasted. */
export function sizeWithBlock(sheet: Sheet, row: number, column: number, block: string[][]): number {
  const width = Math.max(0, ...block.map((cells) => cells.length));
  return Math.max(sheet.rows.length, row + block.length) * Math.max(sheet.columns.length, column + width);
}

/** Whether columns have names of their own, rather than numbers. */
export function hasNames({ kind, hasHead }: Sheet): boolean {
  return kind !== "lists" || hasHead;
}

function changed(row: SheetRow): SheetRow {
  return row.source === null ? row : { ...row, source: null };
}

function newColumn({ columns }: Sheet): SheetColumn {
  const names = new Set(columns.map(({ name }) => name));
  let number = columns.length + 1;
  while (names.has(`column ${number}`)) number += 1;
  const name = `column ${number}`;
  return { name, token: JSON.stringify(name) };
}

/** Columns without names of their own are counted. */
function numbered(sheet: Sheet, columns: SheetColumn[]): SheetColumn[] {
  return hasNames(sheet) ? columns : columns.map((column, at) => ({ ...column, name: `${at + 1}` }));
}

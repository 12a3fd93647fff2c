import type { Sheet } from "./sheet";
import { hasNames } from "./sheet-edit";

/** The row of column names. */
export const HEAD = -1;

export interface Position {
  row: number;
  column: number;
}

/** The nearest position that a sheet has; its row of names counts where the columns have names. */
export function clamped(sheet: Sheet, { row, column }: Position): Position {
  const first = hasNames(sheet) || sheet.rows.length === 0 ? HEAD : 0;
  return {
    row: Math.max(first, Math.min(sheet.rows.length - 1, row)),
    column: Math.max(0, Math.min(sheet.columns.length - 1, column)),
  };
}

/** Where a key leads from a position, by the ARIA grid pattern; null for other keys. @param far with Ctrl or ⌘ @param page rows of a page */
export function moved(sheet: Sheet, from: Position, key: string, far: boolean, page: number): Position | null {
  const last = { row: sheet.rows.length - 1, column: sheet.columns.length - 1 };
  const { row, column } = from;
  const targets: Record<string, Position | undefined> = {
    ArrowDown: { row: far ? last.row : row + 1, column },
    ArrowUp: { row: far ? HEAD : row - 1, column },
    ArrowRight: { row, column: far ? last.column : column + 1 },
    ArrowLeft: { row, column: far ? 0 : column - 1 },
    PageDown: { row: row + page, column },
    PageUp: { row: row - page, column },
    Home: far ? { row: 0, column: 0 } : { row, column: 0 },
    End: far ? last : { row, column: last.column },
  };
  const target = Object.hasOwn(targets, key) ? targets[key] : undefined;
  return target ? clamped(sheet, target) : null;
}

/** The cell after one, or before it: at the end of a row that is the first of the next. */
export function besides(sheet: Sheet, { row, column }: Position, step: 1 | -1): Position {
  const next = column + step;
  if (next >= sheet.columns.length && row < sheet.rows.length - 1) return { row: row + 1, column: 0 };
  if (next < 0 && row > HEAD) return clamped(sheet, { row: row - 1, column: sheet.columns.length - 1 });
  return clamped(sheet, { row, column: next });
}

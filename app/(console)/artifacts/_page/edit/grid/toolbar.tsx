import { Columns3, Redo2, Rows3, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "#app/_ui/button";
import { HEAD, type Position } from "./move";
import { MAX_CELLS, type Sheet } from "./sheet";
import { deleteColumn, deleteRow, insertColumn, insertRow } from "./sheet-edit";

const ICON = "size-3.5";

/** Adds and deletes the rows and columns of a sheet at the active cell. */
export function Toolbar({
  sheet,
  active,
  undo,
  redo,
  onChange,
}: {
  sheet: Sheet;
  active: Position;
  undo: (() => void) | undefined;
  redo: (() => void) | undefined;
  /** Gets the next sheet, and the cell that is active then. */
  onChange: (next: Sheet, active?: Position) => void;
}) {
  const { row, column } = active;
  const [rows, columns] = [sheet.rows.length, sheet.columns.length];
  const below = Math.max(HEAD, row) + 1;
  const right = columns === 0 ? 0 : column + 1;
  return (
    <fieldset className="mb-2 flex flex-wrap items-center gap-1">
      <legend className="sr-only">Rows and columns</legend>
      <Tool label="Undo" keys="Control+Z" run={undo}>
        <Undo2 aria-hidden className={ICON} />
      </Tool>
      <Tool label="Redo" keys="Control+Shift+Z" run={redo}>
        <Redo2 aria-hidden className={ICON} />
      </Tool>
      <span aria-hidden className="mx-1 h-4 border-l max-sm:hidden" />
      <Tool
        label="Add row"
        run={
          (rows + 1) * columns > MAX_CELLS ? undefined : () => onChange(insertRow(sheet, below), { row: below, column })
        }
      >
        <Rows3 aria-hidden className={ICON} />
        Add row
      </Tool>
      <Tool label="Delete row" run={row < 0 || rows === 0 ? undefined : () => onChange(deleteRow(sheet, row))}>
        Delete row
      </Tool>
      <span aria-hidden className="mx-1 h-4 border-l max-sm:hidden" />
      <Tool
        label="Add column"
        run={
          rows * (columns + 1) > MAX_CELLS
            ? undefined
            : () => onChange(insertColumn(sheet, right), { row, column: right })
        }
      >
        <Columns3 aria-hidden className={ICON} />
        Add column
      </Tool>
      <Tool label="Delete column" run={columns === 0 ? undefined : () => onChange(deleteColumn(sheet, column))}>
        Delete column
      </Tool>
    </fieldset>
  );
}

function Tool({
  label,
  keys,
  run,
  children,
}: {
  label: string;
  keys?: string;
  run: (() => void) | undefined;
  children: ReactNode;
}) {
  return (
    <Button look="quiet" aria-label={label} aria-keyshortcuts={keys} title={label} disabled={!run} onClick={run}>
      {children}
    </Button>
  );
}

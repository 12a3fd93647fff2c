// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot omit the rows that are not in view
import { memo, type ReactNode } from "react";
import { editText, isAmbiguous, kindOfCell } from "./cell";
import type { Cell, SheetRow } from "./sheet";

/** One row of a sheet. It renders again only when its own cells, or what is active in it, change. */
export const SheetRowView = memo(function SheetRowView({
  row,
  at,
  top,
  height,
  template,
  active,
  input,
  cellId,
  onPick,
}: {
  row: SheetRow;
  at: number;
  top: number;
  height: number;
  /** The widths of the columns, for CSS. */
  template: string;
  /** The active column, if the active cell is in this row. */
  active: number | null;
  /** In place of the active cell while it is edited. */
  input: ReactNode;
  cellId: (row: number, column: number) => string;
  onPick: (row: number, column: number, twice: boolean) => void;
}) {
  return (
    <div
      role="row"
      aria-rowindex={at + 2}
      className="absolute inset-x-0 top-0 grid"
      style={{
        height,
        gridTemplateColumns: template,
        transform: `translateY(${top}px)`,
        zIndex: input ? 1 : undefined,
      }}
    >
      <div
        role="rowheader"
        className="sticky left-0 z-[1] border-r border-b bg-canvas px-2 py-[4.5px] text-right text-faint text-xs leading-5"
      >
        {at + 1}
      </div>
      {row.cells.map((cell, column) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys of all cells
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its position
          key={column}
          id={cellId(at, column)}
          role="gridcell"
          aria-colindex={column + 1}
          aria-selected={active === column}
          onClick={() => onPick(at, column, active === column)}
          className={`relative border-r border-b px-2 py-[4.5px] ${active === column ? "outline-2 outline-accent -outline-offset-2" : ""} ${kindOfCell(cell) === "number" ? "text-right" : ""}`}
        >
          <span className="block truncate">
            <CellText cell={cell} />
          </span>
          {active === column && input}
        </div>
      ))}
    </div>
  );
});

/** Shows the kind too: text that reads like another value is in quotes, and what is empty says how. */
function CellText({ cell }: { cell: Cell }) {
  const kind = kindOfCell(cell);
  if (kind === "missing") return <span className="text-faint">no value</span>;
  if (kind === "null") return <span className="text-faint italic">null</span>;
  if (kind === "object" || kind === "list") return <span className="font-mono text-xs">{cell}</span>;
  const text = editText(cell);
  if (kind !== "text" || !isAmbiguous(text)) return text;
  return (
    <>
      <span className="text-faint">"</span>
      {text}
      <span className="text-faint">"</span>
    </>
  );
}

import { formatCount } from "#formats/number";

/** Of the active or the marked cell. */
export const CELL_RING = "outline-2 outline-accent -outline-offset-2";

/** The colours of a row's cells. */
export function rowColour(isMarked: boolean): string {
  return isMarked ? "bg-wash" : "bg-surface group-hover:bg-hover";
}

/** The number of a row as the button of its menu. In a grid, which has the focus, it is not a tab stop. */
export function RowNumber({
  row,
  inGrid = false,
  onMenu,
}: {
  row: number;
  inGrid?: boolean;
  onMenu: (anchor: Element) => void;
}) {
  return (
    <button
      type="button"
      tabIndex={inGrid ? -1 : undefined}
      aria-haspopup="menu"
      aria-label={`Row ${formatCount(row + 1)}`}
      onClick={(event) => onMenu(event.currentTarget)}
      className="flex h-7 w-full items-center justify-end px-2 text-[11px] text-faint tabular-nums hover:text-accent"
    >
      {formatCount(row + 1)}
    </button>
  );
}

import { useEffect, useRef } from "react";
import { ScrollRegion } from "#app/_ui/scroll-region";
import { valueAt } from "#formats/table";
import { CellContent, canOpen } from "./cells/cell-content";
import { ariaSort, ColumnHead } from "./head-cell";
import { CELL_RING, RowNumber, rowColour } from "./row/row-number";
import type { TableProps } from "./table-props";

const FIRST_COLUMN = "sticky left-10 max-w-[45vw] sm:max-w-96";

/** A small table with all rows in the page, so that it works without JavaScript and the browser's search finds them. */
export function StaticTable({ table, columns, order, onOpen, target, onMenu, ...head }: TableProps) {
  const { sort, statistics, widthOf, wrap } = head;
  const sizeOf = (at: number) => {
    const width = widthOf(at);
    return width === null ? undefined : { width, minWidth: width, maxWidth: width };
  };
  const marked = useRef<HTMLTableRowElement>(null);
  const markedCell = useRef<HTMLTableCellElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another target is scrolled to
  useEffect(() => {
    (markedCell.current ?? marked.current)?.scrollIntoView({ block: "center", inline: "nearest" });
  }, [target?.row, target?.column]);
  const alignment = columns.map(({ type }) => (type === "number" ? "text-right" : "text-start"));
  return (
    <ScrollRegion label="Table" className="relative max-h-[72vh] overflow-auto rounded-md border bg-surface">
      <table className="min-w-full border-separate border-spacing-0 text-[13px] tabular-nums leading-5">
        <thead>
          <tr>
            <th scope="col" className="sticky top-0 left-0 z-[2] w-10 min-w-10 border-b bg-canvas p-0">
              <span className="sr-only">Row</span>
            </th>
            {columns.map((column, at) => (
              <th
                // biome-ignore lint/suspicious/noArrayIndexKey: names of columns may repeat
                key={at}
                scope="col"
                aria-sort={ariaSort(sort, at)}
                style={sizeOf(at)}
                className={`sticky top-0 border-b bg-canvas p-0 align-top ${at === 0 ? "left-10 z-[2]" : "z-[1]"}`}
              >
                <div className={statistics && widthOf(at) === null ? "min-w-36" : ""}>
                  <ColumnHead {...head} column={column} at={at} />
                </div>
              </th>
            ))}
            <td aria-hidden className="sticky top-0 z-[1] w-full border-b bg-canvas p-0" />
          </tr>
        </thead>
        <tbody data-find="rendered">
          {Array.from(order, (row) => (
            <tr
              key={row}
              ref={row === target?.row ? marked : undefined}
              aria-current={row === target?.row || undefined}
              className="group"
            >
              <th
                scope="row"
                className={`sticky left-0 z-[1] border-b p-0 font-normal group-last:border-b-0 ${rowColour(row === target?.row)}`}
              >
                <RowNumber row={row + (table.offset ?? 0)} onMenu={(anchor) => onMenu(row, null, anchor)} />
              </th>
              {columns.map((column, at) => {
                const value = valueAt(table, row, at);
                const content = <CellContent table={table} value={value} column={column} />;
                return (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: cells have no identity but their column
                    key={at}
                    ref={row === target?.row && at === target.column ? markedCell : undefined}
                    style={sizeOf(at)}
                    className={`h-[29px] ${wrap ? "break-words align-top" : "truncate"} border-b px-3 py-1 group-last:border-b-0 ${rowColour(row === target?.row)} ${row === target?.row && at === target.column ? CELL_RING : ""} ${alignment[at]} ${at === 0 ? `${FIRST_COLUMN} z-[1]` : "max-w-96"}`}
                  >
                    {canOpen(table, value) ? (
                      <button
                        type="button"
                        onClick={() => onOpen({ row, column: at })}
                        title="Show full value"
                        className="max-w-full truncate rounded text-start hover:text-accent"
                      >
                        {content}
                      </button>
                    ) : (
                      content
                    )}
                  </td>
                );
              })}
              {/* Takes the room that is left, so that numbers stay near what they are about. */}
              <td aria-hidden className={`border-b p-0 group-last:border-b-0 ${rowColour(row === target?.row)}`} />
            </tr>
          ))}
        </tbody>
      </table>
      {columns.length === 0 && table.rows > 0 && (
        <p className="px-3 py-8 text-center text-faint text-sm">No columns: every row is empty</p>
      )}
      {order.length === 0 && (
        <p className="px-3 py-8 text-center text-faint text-sm">{table.rows === 0 ? "No rows" : "No matching rows"}</p>
      )}
    </ScrollRegion>
  );
}

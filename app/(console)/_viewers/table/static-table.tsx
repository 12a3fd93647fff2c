import { ScrollRegion } from "#app/_ui/scroll-region";
import { valueAt } from "#formats/table";
import { CellContent, canOpen } from "./cell-content";
import { ariaSort, FilterCell, HeadCell } from "./head-cell";
import type { TableProps } from "./table-props";

const FIRST_COLUMN = "sticky left-0 max-w-[45vw] sm:max-w-96";

/** A small table with all rows in the page, so that it works without JavaScript and the browser's search finds them. */
export function StaticTable({ table, columns, order, sort, onSort, filters, onFilter, onOpen }: TableProps) {
  const alignment = columns.map(({ type }) => (type === "number" ? "text-right" : "text-left"));
  return (
    <ScrollRegion label="Table" className="relative max-h-[72vh] overflow-auto rounded-md border bg-surface">
      <table className="min-w-full border-separate border-spacing-0 text-[13px] tabular-nums leading-5">
        <thead>
          <tr>
            {columns.map((column, at) => (
              <th
                // biome-ignore lint/suspicious/noArrayIndexKey: names of columns may repeat
                key={at}
                scope="col"
                aria-sort={ariaSort(sort, at)}
                className={`sticky top-0 border-b bg-canvas p-0 ${at === 0 ? "left-0 z-[2]" : "z-[1]"}`}
              >
                <HeadCell column={column} at={at} sort={sort} onSort={onSort} />
                {filters && (
                  <FilterCell column={column} value={filters[at] ?? ""} onChange={(text) => onFilter(at, text)} />
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from(order, (row) => (
            <tr key={row} className="group">
              {columns.map((column, at) => {
                const value = valueAt(table, row, at);
                const content = <CellContent table={table} value={value} column={column} />;
                return (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: cells have no identity but their column
                    key={at}
                    className={`h-[29px] truncate border-b bg-surface px-3 py-1 group-last:border-b-0 group-hover:bg-hover ${alignment[at]} ${at === 0 ? `${FIRST_COLUMN} z-[1]` : "max-w-96"}`}
                  >
                    {canOpen(table, value) ? (
                      <button
                        type="button"
                        onClick={() => onOpen({ row, column: at })}
                        title="Show full value"
                        className="max-w-full truncate rounded text-left hover:text-accent"
                      >
                        {content}
                      </button>
                    ) : (
                      content
                    )}
                  </td>
                );
              })}
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

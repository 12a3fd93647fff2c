import { valueAt } from "#formats/table";
import { MAX_PRINTED_ROWS, PrintedRows } from "../shared/printed-rows";
import { CellContent } from "./cells/cell-content";
import type { TableProps } from "./table-props";

/** A table on paper: all rows, with the head repeated on every page, and wrapped cells. */
export function PrintTable({ table, columns, order }: Pick<TableProps, "table" | "columns" | "order">) {
  const alignment = columns.map(({ type }) => (type === "number" ? "text-right" : "text-start"));
  return (
    <>
      <PrintedRows count={order.length} />
      <table aria-label="Table" className="w-full border-collapse text-[11px] tabular-nums leading-4">
        <thead>
          <tr>
            {columns.map(({ name }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: names of columns may repeat
              <th key={at} scope="col" className={`border-edge border-b px-1.5 py-1 font-medium ${alignment[at]}`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from(order.subarray(0, MAX_PRINTED_ROWS), (row) => (
            <tr key={row}>
              {columns.map((_, at) => (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells have no identity but their column
                  key={at}
                  className={`border-b px-1.5 py-0.5 align-top [overflow-wrap:anywhere] ${alignment[at]}`}
                >
                  <CellContent table={table} value={valueAt(table, row, at)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

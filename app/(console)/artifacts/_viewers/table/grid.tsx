// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus, and names what is active in it
// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot leave out the rows that are not in view
"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useId, useState } from "react";
import { useVirtualRows } from "../shared/virtual-rows";
import { GridRow } from "./grid-row";
import { ariaSort, FilterCell, HeadCell } from "./head-cell";
import type { TableProps } from "./table-props";
import { type ActiveCell, useGridKeys } from "./use-grid-keys";

const ROW = 30;
const HEAD = 33;
const FILTER = 31;
const LETTER = 7.4;

/** A large table: of its rows and columns those in view are drawn. Arrow keys move through its cells, Enter opens one. */
export function Grid(drawing: TableProps) {
  const { table, columns, order, sort, onSort, filters, onFilter } = drawing;
  const id = useId();
  const [active, setActive] = useState<ActiveCell | null>(null);
  const above = HEAD + (filters ? FILTER : 0);
  const rows = useVirtualRows(order.length, ROW, above);
  const widths = columns.map(({ width }, at) =>
    Math.round(Math.max(76, Math.min(at === 0 ? 180 : 320, width * LETTER + 28))),
  );
  const first = widths[0] ?? 0;
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => rows.scroll.current,
    estimateSize: (at) => widths[at] ?? 0,
    overscan: 2,
    initialRect: { width: 900, height: 620 },
    scrollPaddingStart: first,
  });
  const places = across
    .getVirtualItems()
    .flatMap(({ index, start, size }) => (index === 0 ? [] : [{ at: index, left: start, width: size }]));
  const width = across.getTotalSize();
  const keys = useGridKeys(
    drawing,
    active,
    (next) => {
      setActive(next);
      rows.reveal(next.row);
      if (next.column > 0) across.scrollToIndex(next.column);
    },
    rows.page,
  );
  const cellId = (row: number, column: number) => `${id}-${row}-${column}`;
  const isDrawn = active !== null && rows.rendered.some(({ row }) => row === active.row);
  const head = (at: number) => {
    const column = columns[at];
    return (
      column && (
        <>
          <HeadCell column={column} at={at} sort={sort} onSort={onSort} />
          {filters && <FilterCell column={column} value={filters[at] ?? ""} onChange={(text) => onFilter(at, text)} />}
        </>
      )
    );
  };
  return (
    <div
      ref={rows.scroll}
      role="grid"
      aria-label="Table"
      aria-rowcount={order.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={active && isDrawn ? cellId(active.row, active.column) : undefined}
      tabIndex={0}
      onKeyDown={keys}
      className="max-h-[72vh] min-h-40 overflow-auto rounded-md border bg-surface text-[13px] tabular-nums leading-5 focus-visible:outline-offset-[-2px]"
    >
      <div
        role="rowgroup"
        className="sticky top-0 z-[2] border-b bg-canvas"
        style={{ height: above, width, minWidth: "100%" }}
      >
        <div role="row" aria-rowindex={1} className="relative h-full">
          <div
            role="columnheader"
            aria-colindex={1}
            aria-sort={ariaSort(sort, 0)}
            className="sticky left-0 z-[1] h-full border-r bg-canvas"
            style={{ width: first }}
          >
            {head(0)}
          </div>
          {places.map(({ at, left, width }) => (
            <div
              key={at}
              role="columnheader"
              aria-colindex={at + 1}
              aria-sort={ariaSort(sort, at)}
              className="absolute top-0"
              style={{ left, width }}
            >
              {head(at)}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="relative" style={{ height: rows.height, width, minWidth: "100%" }}>
        {rows.rendered.map(({ row, top }) => (
          <GridRow
            key={row}
            table={table}
            columns={columns}
            row={order[row] ?? 0}
            position={row}
            top={top}
            height={ROW}
            first={first}
            places={places}
            active={active?.row === row ? active.column : null}
            cellId={cellId}
            onPress={(column, open) => {
              setActive({ row, column });
              if (open) drawing.onOpen({ row: order[row] ?? 0, column });
            }}
          />
        ))}
      </div>
      {order.length === 0 && (
        <p className="sticky left-0 px-3 py-8 text-center text-faint text-sm">
          {table.rows === 0 ? "This table has no rows." : "No row is let through."}
        </p>
      )}
    </div>
  );
}

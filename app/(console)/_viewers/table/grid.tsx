// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot omit the rows that are not in view
"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useId, useState } from "react";
import { useVirtualRows } from "../shared/virtual-rows";
import { GridRow } from "./grid-row";
import { ariaSort, FilterCell, HeadCell } from "./head-cell";
import type { TableProps } from "./table-props";
import { type ActiveCell, useGridKeys } from "./use-grid-keys";

/** In pixels. */
const ROW_HEIGHT = 30;
const HEAD_HEIGHT = 33;
const FILTER_HEIGHT = 31;
const CHARACTER_WIDTH = 7.4;

/** A large table that renders the rows and columns in view. Arrow keys move through its cells, Enter opens one. */
export function Grid(props: TableProps) {
  const { table, columns, order, sort, onSort, filters, onFilter } = props;
  const id = useId();
  const [active, setActive] = useState<ActiveCell | null>(null);
  const headHeight = HEAD_HEIGHT + (filters ? FILTER_HEIGHT : 0);
  const rows = useVirtualRows(order.length, ROW_HEIGHT, headHeight);
  const widths = columns.map(({ width }, at) =>
    Math.round(Math.max(76, Math.min(at === 0 ? 180 : 320, width * CHARACTER_WIDTH + 28))),
  );
  const firstWidth = widths[0] ?? 0;
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => rows.scroll.current,
    estimateSize: (at) => widths[at] ?? 0,
    overscan: 2,
    initialRect: { width: 900, height: 620 },
    scrollPaddingStart: firstWidth,
  });
  // The first column is sticky and always rendered.
  const cells = across
    .getVirtualItems()
    .flatMap(({ index, start, size }) => (index === 0 ? [] : [{ at: index, left: start, width: size }]));
  const width = across.getTotalSize();
  const onKeyDown = useGridKeys(
    props,
    active,
    (next) => {
      setActive(next);
      rows.reveal(next.row);
      if (next.column > 0) across.scrollToIndex(next.column);
    },
    rows.page,
  );
  const cellId = (row: number, column: number) => `${id}-${row}-${column}`;
  const isActiveRendered = active !== null && rows.rendered.some(({ row }) => row === active.row);
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
      aria-activedescendant={active && isActiveRendered ? cellId(active.row, active.column) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="max-h-[72vh] min-h-40 overflow-auto rounded-md border bg-surface text-[13px] tabular-nums leading-5 focus-visible:outline-offset-[-2px]"
    >
      <div
        role="rowgroup"
        className="sticky top-0 z-[2] border-b bg-canvas"
        style={{ height: headHeight, width, minWidth: "100%" }}
      >
        <div role="row" aria-rowindex={1} className="relative h-full">
          <div
            role="columnheader"
            aria-colindex={1}
            aria-sort={ariaSort(sort, 0)}
            className="sticky left-0 z-[1] h-full border-r bg-canvas"
            style={{ width: firstWidth }}
          >
            {head(0)}
          </div>
          {cells.map(({ at, left, width }) => (
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
            height={ROW_HEIGHT}
            firstWidth={firstWidth}
            cells={cells}
            active={active?.row === row ? active.column : null}
            cellId={cellId}
            onClick={(column, open) => {
              setActive({ row, column });
              if (open) props.onOpen({ row: order[row] ?? 0, column });
            }}
          />
        ))}
      </div>
      {order.length === 0 && (
        <p className="sticky left-0 px-3 py-8 text-center text-faint text-sm">
          {table.rows === 0 ? "No rows" : "No matching rows"}
        </p>
      )}
    </div>
  );
}

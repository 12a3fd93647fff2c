// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot omit the rows that are not in view
"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useId, useState } from "react";
import { formatCount } from "#formats/number";
import { useVirtualRows } from "../shared/virtual-rows";
import { fittingWidth, MIN_WIDTH } from "./columns/column-layout";
import { GridRow } from "./grid-row";
import { ariaSort, ColumnHead, HEAD_HEIGHTS } from "./head-cell";
import type { TableProps } from "./table-props";
import { type ActiveCell, useGridKeys } from "./use-grid-keys";

/** In pixels. */
const ROW_HEIGHT = 30;
/** Of rows with wrapped text, which show three lines. */
const WRAPPED_HEIGHT = 70;
const NUMBER_WIDTH = 6.6;
/** Of a column with its statistics. */
const MIN_STATISTICS_WIDTH = 144;
const MAX_UNSIZED_WIDTH = 320;
const MAX_FIRST_WIDTH = 180;

/** A large table that renders the rows and columns in view. Arrow keys move through its cells, Enter opens one. */
export function Grid(props: TableProps) {
  const { table, columns, order, sort, filters, statistics, target, widthOf, wrap } = props;
  const rowHeight = wrap ? WRAPPED_HEIGHT : ROW_HEIGHT;
  const id = useId();
  const [active, setActive] = useState<ActiveCell | null>(null);
  const headHeight =
    HEAD_HEIGHTS.name + (statistics ? HEAD_HEIGHTS.statistics : 0) + (filters ? HEAD_HEIGHTS.filter : 0);
  const rows = useVirtualRows(order.length, rowHeight, headHeight);
  const minWidth = statistics ? MIN_STATISTICS_WIDTH : MIN_WIDTH;
  const widths = columns.map((column, at) => {
    const most = at === 0 ? MAX_FIRST_WIDTH : MAX_UNSIZED_WIDTH;
    return widthOf(at) ?? Math.max(minWidth, Math.min(most, fittingWidth(column)));
  });
  const firstWidth = widths[0] ?? 0;
  const gutter = Math.round(formatCount((table.offset ?? 0) + table.rows).length * NUMBER_WIDTH + 18);
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => rows.scroll.current,
    estimateSize: (at) => widths[at] ?? 0,
    overscan: 2,
    initialRect: { width: 900, height: 620 },
    paddingStart: gutter,
    scrollPaddingStart: gutter + firstWidth,
  });
  const sizes = widths.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtualizer keeps sizes until it is told
  useEffect(() => across.measure(), [sizes]);
  // The first column is sticky and always rendered.
  const cells = across
    .getVirtualItems()
    .flatMap(({ index, start, size }) => (index === 0 ? [] : [{ at: index, left: start, width: size }]));
  const width = across.getTotalSize();
  const move = (next: ActiveCell) => {
    setActive(next);
    rows.reveal(next.row);
    if (next.column > 0) across.scrollToIndex(next.column);
  };
  const onKeyDown = useGridKeys(props, active, move, rows.page, (cell) => {
    const element = document.getElementById(cellId(cell.row, cell.column));
    if (element) props.onMenu(order[cell.row] ?? 0, cell.column, element);
  });
  const targetPosition = target ? order.indexOf(target.row) : -1;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each target is scrolled to once
  useEffect(() => {
    if (!target || targetPosition < 0) return;
    move({ row: targetPosition, column: target.column ?? 0 });
    rows.scroll.current?.scrollIntoView({ block: "nearest" });
  }, [target, targetPosition]);
  const cellId = (row: number, column: number) => `${id}-${row}-${column}`;
  const isActiveRendered = active !== null && rows.rendered.some(({ row }) => row === active.row);
  const head = (at: number) => {
    const column = columns[at];
    return column && <ColumnHead {...props} column={column} at={at} />;
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
        <div role="row" aria-rowindex={1} className="relative flex h-full">
          <div className="sticky left-0 z-[1] h-full shrink-0 bg-canvas" style={{ width: gutter }} />
          <div
            role="columnheader"
            aria-colindex={1}
            aria-sort={ariaSort(sort, 0)}
            className="sticky z-[1] h-full shrink-0 border-r bg-canvas"
            style={{ left: gutter, width: firstWidth }}
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
      <div
        role="rowgroup"
        data-find="rendered"
        className="relative"
        style={{ height: rows.height, width, minWidth: "100%" }}
      >
        {rows.rendered.map(({ row, top }) => (
          <GridRow
            key={row}
            table={table}
            columns={columns}
            row={order[row] ?? 0}
            position={row}
            top={top}
            height={rowHeight}
            wrap={wrap}
            gutter={gutter}
            firstWidth={firstWidth}
            cells={cells}
            active={active?.row === row ? active.column : null}
            marked={target?.row === order[row]}
            cellId={cellId}
            onMenu={(anchor) => {
              setActive({ row, column: Math.max(0, active?.row === row ? active.column : 0) });
              props.onMenu(order[row] ?? 0, active?.row === row ? active.column : null, anchor);
            }}
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

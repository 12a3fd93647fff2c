// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot omit the rows that are not in view
"use client";

import { type ClipboardEvent, type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from "react";
import { formatCount, pluralize } from "#formats/number";
import { parseDelimited, tsvCell } from "../../../../_viewers/shared/delimited";
import { useVirtualRows } from "../../../../_viewers/shared/virtual-rows";
import { columnKind, editText } from "./cell";
import { type After, CellInput } from "./cell-input";
import { besides, clamped, HEAD, moved, type Position } from "./move";
import { MAX_CELLS, type Sheet } from "./sheet";
import { hasNames, pasteBlock, renameColumn, setCell, sizeWithBlock, typeCell } from "./sheet-edit";
import { SheetRowView } from "./sheet-row";
import { StatusLine } from "./status-line";
import { Toolbar } from "./toolbar";
import { useSheet } from "./use-sheet";

/** In pixels. */
const ROW_HEIGHT = 30;
const HEAD_HEIGHT = 31;
const NUMBER_WIDTH = 48;
const CHARACTER_WIDTH = 7.4;
/** The width of a column follows so many rows. */
const MEASURED_ROWS = 100;

/** A table as a grid of cells. @param sheet what `text` holds @param onChange gets the JSON text after every change */
export function TableEditor({
  sheet: initial,
  text,
  onChange,
}: {
  sheet: Sheet;
  text: string;
  onChange: (text: string, sheet: Sheet) => void;
}) {
  const id = useId();
  const { sheet, change, undo, redo } = useSheet(initial, text, onChange);
  const [position, setPosition] = useState<Position>({ row: 0, column: 0 });
  const [editing, setEditing] = useState<{ text: string; selects: boolean } | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const active = clamped(sheet, position);
  const rows = useVirtualRows(sheet.rows.length, ROW_HEIGHT, HEAD_HEIGHT);
  const grid = rows.scroll;
  // Columns keep their widths and alignment while cells are edited.
  const [measured, setMeasured] = useState(() => measure(sheet));
  if (measured.columns !== sheet.columns) setMeasured(measure(sheet));
  const { widths } = measured;
  const template = `${NUMBER_WIDTH}px ${widths.map((width) => `${width}px`).join(" ")}`;
  const width = NUMBER_WIDTH + widths.reduce((sum, each) => sum + each, 0);
  const column = sheet.columns[active.column];
  const cell = sheet.rows[active.row]?.cells[active.column];
  const isEmpty = sheet.columns.length === 0 || (active.row === HEAD && !hasNames(sheet));

  const focus = () => grid.current?.focus({ preventScroll: true });
  const go = (next: Position) => {
    setPosition(next);
    setMessage(null);
    if (next.row >= 0) rows.reveal(next.row);
    revealColumn(grid.current, next.column, widths);
  };
  const apply = (next: Sheet, at = active) => {
    change(next);
    go(clamped(next, at));
    focus();
  };
  const edit = (start?: string) => {
    if (isEmpty) return;
    rows.reveal(Math.max(0, active.row));
    const current = active.row === HEAD ? (column?.name ?? "") : editText(cell);
    setEditing({ text: start ?? current, selects: false });
  };
  const commit = (typed: string, after: After) => {
    setEditing(null);
    if (after !== "stay") focus();
    if (active.row === HEAD && sheet.columns.some(({ name }, at) => name === typed && at !== active.column)) {
      setMessage(`There is a column "${typed}" already.`);
      return;
    }
    const { row, column: at } = active;
    const next = row === HEAD ? renameColumn(sheet, at, typed) : typeCell(sheet, row, at, typed);
    change(next);
    if (after === "down") go(clamped(next, { row: row + 1, column: at }));
    if (after === "next") go(besides(next, active, 1));
    if (after === "previous") go(besides(next, active, -1));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return;
    const { key, altKey, shiftKey } = event;
    const far = event.ctrlKey || event.metaKey;
    const next = altKey ? null : moved(sheet, active, key, far, rows.page);
    const letter = key.toLowerCase();
    const step = !far
      ? undefined
      : letter === "y" || (letter === "z" && shiftKey)
        ? redo
        : letter === "z"
          ? undo
          : undefined;
    if (next) go(next);
    else if (step) step();
    else if ((key === "Enter" && !far) || key === "F2") edit();
    else if ((key === "Delete" || key === "Backspace") && active.row >= 0) {
      change(setCell(sheet, active.row, active.column, "null"));
    } else if (key.length === 1 && !far && !altKey) edit(key);
    else return;
    event.preventDefault();
  };
  const onPaste = (event: ClipboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
    const block = parseDelimited(event.clipboardData.getData("text/plain"), "\t");
    const row = Math.max(0, active.row);
    const size = sizeWithBlock(sheet, row, active.column, block);
    if (size > MAX_CELLS) {
      setMessage(
        `That would be ${formatCount(size)} cells; a grid holds ${formatCount(MAX_CELLS)}. Edit the JSON instead.`,
      );
      return;
    }
    change(pasteBlock(sheet, row, active.column, block));
    const columns = Math.max(...block.map((cells) => cells.length));
    setMessage(`Pasted ${pluralize(block.length, "row")} × ${pluralize(columns, "column")}`);
  };
  const onCopy = (event: ClipboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", tsvCell(active.row === HEAD ? (column?.name ?? "") : editText(cell)));
  };

  const cellId = useCallback((row: number, at: number) => `${id}-${row}-${at}`, [id]);
  const pick = (row: number, at: number, again: boolean) => {
    if (again && editing) return;
    if (again) edit();
    else {
      go({ row, column: at });
      focus();
    }
  };
  const latestPick = useRef(pick);
  useEffect(() => {
    latestPick.current = pick;
  });
  // Stable, so that rows without a change do not render.
  const onPick = useCallback((row: number, at: number, again: boolean) => latestPick.current(row, at, again), []);
  const input = editing && (
    <CellInput
      label={active.row === HEAD ? `Name of column ${active.column + 1}` : `${column?.name}, row ${active.row + 1}`}
      initial={editing.text}
      selects={editing.selects}
      onCommit={commit}
      onCancel={() => {
        setEditing(null);
        focus();
      }}
    />
  );
  return (
    <div>
      <Toolbar sheet={sheet} active={active} undo={undo} redo={redo} onChange={apply} />
      <div
        ref={grid}
        role="grid"
        aria-label="Data"
        aria-rowcount={sheet.rows.length + 1}
        aria-colcount={sheet.columns.length}
        aria-activedescendant={isEmpty ? undefined : cellId(active.row, active.column)}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onCopy={onCopy}
        className="max-h-[60vh] min-h-40 overflow-auto rounded-md border border-edge bg-surface text-[13px] tabular-nums leading-5"
      >
        <div
          role="row"
          aria-rowindex={1}
          className="sticky top-0 z-[2] grid border-b bg-canvas"
          style={{ height: HEAD_HEIGHT, width, minWidth: "100%", gridTemplateColumns: template }}
        >
          <div
            role="columnheader"
            aria-label="Row"
            className="sticky left-0 z-[1] border-r bg-canvas px-2 py-1 text-right text-faint"
          >
            #
          </div>
          {sheet.columns.map(({ name }, at) => {
            const isActive = active.row === HEAD && active.column === at;
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys of all cells
              <div
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its position
                key={at}
                id={cellId(HEAD, at)}
                role="columnheader"
                aria-colindex={at + 1}
                onClick={() => hasNames(sheet) && pick(HEAD, at, isActive)}
                className={`relative border-r px-2 py-1 font-medium text-soft ${measured.numeric[at] ? "text-right" : ""} ${isActive ? "outline-2 outline-accent -outline-offset-2" : ""}`}
              >
                <span className="block truncate">{name || '""'}</span>
                {isActive && input}
              </div>
            );
          })}
        </div>
        <div role="rowgroup" className="relative" style={{ height: rows.height, width, minWidth: "100%" }}>
          {rows.rendered.map(({ row: at, top }) => {
            const row = sheet.rows[at];
            const isActive = active.row === at;
            return (
              row && (
                <SheetRowView
                  key={at}
                  row={row}
                  at={at}
                  top={top}
                  height={ROW_HEIGHT}
                  template={template}
                  active={isActive ? active.column : null}
                  input={isActive ? input : null}
                  cellId={cellId}
                  onPick={onPick}
                />
              )
            );
          })}
        </div>
        {sheet.rows.length === 0 && <p className="sticky left-0 px-3 py-8 text-center text-faint text-sm">No rows</p>}
      </div>
      <StatusLine
        sheet={sheet}
        active={active}
        message={message}
        onConvert={(converted) => {
          change(setCell(sheet, active.row, active.column, converted));
        }}
      />
    </div>
  );
}

/** The widths of the columns in pixels, by the longest text of the first rows, and which columns have numbers. */
function measure(sheet: Sheet) {
  const { columns, rows } = sheet;
  const widths = columns.map(({ name }, column) => {
    const lengths = rows.slice(0, MEASURED_ROWS).map(({ cells }) => cells[column]?.length ?? 0);
    return Math.round(Math.max(96, Math.min(320, Math.max(name.length, ...lengths) * CHARACTER_WIDTH + 28)));
  });
  return { columns, widths, numeric: columns.map((_, column) => columnKind(sheet, column) === "number") };
}

/** Scrolls a grid by the least distance that shows a column beside the sticky numbers of rows. */
function revealColumn(grid: HTMLElement | null, column: number, widths: number[]) {
  if (!grid) return;
  const left = widths.slice(0, column).reduce((sum, each) => sum + each, 0);
  const right = NUMBER_WIDTH + left + (widths[column] ?? 0) - grid.clientWidth;
  if (left < grid.scrollLeft) grid.scrollLeft = left;
  else if (right > grid.scrollLeft) grid.scrollLeft = right;
}

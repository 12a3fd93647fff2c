"use client";

import { X } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { Copy } from "#app/_ui/copy";
import { indexJsonText, kindOf, sourceOf } from "#formats/json-index";
import { formatCount } from "#formats/number";
import type { Table } from "#formats/table";
import { cellText, valueAt } from "#formats/table";
import { JsonTree } from "../json/json-tree";
import { TextView } from "../text/text-view";
import type { CellPosition } from "./table-props";

/** The full value of a cell, in a box that closes. It scrolls into view and takes the focus with each new position. */
export function CellInspector({
  table,
  position,
  onClose,
}: {
  table: Table;
  position: CellPosition;
  onClose: () => void;
}) {
  const { row, column } = position;
  const value = valueAt(table, row, column);
  const kind = value === 0 ? null : kindOf(table.values, value);
  const isJson = kind === "object" || kind === "list";
  const text = cellText(table, value);
  const source = isJson ? sourceOf(table.values, value) : null;
  const index = useMemo(() => source && indexJsonText(source), [source]);
  const title = `Row ${formatCount(row + 1 + (table.offset ?? 0))}, ${table.columns[column] || "(no name)"}`;
  const box = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a cell that is opened again is shown again
  useEffect(() => {
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: "nearest" });
  }, [position]);
  return (
    <section
      ref={box}
      tabIndex={-1}
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
      className="mt-3 scroll-mt-16 scroll-mb-4 rounded-md border bg-surface"
    >
      <header className="flex items-center gap-2 border-b px-3 py-1.5 text-sm">
        <p className="min-w-0 flex-1 truncate font-medium">{title}</p>
        <Copy text={text} label="Copy value" />
        <button
          type="button"
          aria-label="Close"
          onClick={onClose}
          className="inline-flex size-6 items-center justify-center rounded text-faint hover:bg-hover hover:text-ink"
        >
          <X aria-hidden className="size-4" />
        </button>
      </header>
      <div className="p-3">
        {index ? <JsonTree index={index} reader={null} /> : <TextView text={text} label="Value" bare />}
      </div>
    </section>
  );
}

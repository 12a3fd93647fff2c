"use client";

import { X } from "lucide-react";
import { useMemo } from "react";
import { Copy } from "#app/_ui/copy";
import { indexJsonText, kindOf, sourceOf } from "#formats/json-index";
import { formatCount } from "#formats/number";
import type { Table } from "#formats/table";
import { cellText, valueAt } from "#formats/table";
import { JsonTree } from "../json/json-tree";
import { TextView } from "../text/text-view";
import type { CellPosition } from "./table-props";

/** The full value of a cell. */
export function CellInspector({
  table,
  position: { row, column },
  onClose,
}: {
  table: Table;
  position: CellPosition;
  onClose: () => void;
}) {
  const value = valueAt(table, row, column);
  const kind = value === 0 ? null : kindOf(table.values, value);
  const isJson = kind === "object" || kind === "list";
  return (
    <ValueInspector
      title={`Row ${formatCount(row + 1)}, ${table.columns[column] || "(no name)"}`}
      text={isJson ? sourceOf(table.values, value) : cellText(table, value)}
      isJson={isJson}
      onClose={onClose}
    />
  );
}

/** A text in full, or JSON as a tree, in a box that closes. */
function ValueInspector({
  title,
  text,
  isJson,
  onClose,
}: {
  title: string;
  text: string;
  isJson: boolean;
  onClose: () => void;
}) {
  const index = useMemo(() => (isJson ? indexJsonText(text) : null), [isJson, text]);
  return (
    <section aria-label={title} className="mt-3 rounded-md border bg-surface">
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

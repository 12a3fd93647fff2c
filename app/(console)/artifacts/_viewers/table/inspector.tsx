"use client";

import { X } from "lucide-react";
import { useMemo } from "react";
import { Copy } from "#app/_ui/copy";
import { jsonIndexOf, kindOf, sourceOf } from "#formats/json-index";
import { formatCount } from "#formats/number";
import type { Table } from "#formats/table";
import { JsonTree } from "../json/json-tree";
import { TextView } from "../text/text-view";
import { cellText, valueAt } from "./cell";
import type { CellPosition } from "./table-props";

/** All that a cell of a table holds. */
export function CellInspector({ table, place, onClose }: { table: Table; place: CellPosition; onClose: () => void }) {
  const { row, column } = place;
  const value = valueAt(table, row, column);
  const kind = value === 0 ? null : kindOf(table.values, value);
  const nested = kind === "object" || kind === "list";
  return (
    <ValueInspector
      title={`Row ${formatCount(row + 1)}, ${table.columns[column] || "(no name)"}`}
      text={nested ? sourceOf(table.values, value) : cellText(table, value)}
      nested={nested}
      onClose={onClose}
    />
  );
}

/** A value on its own, below what it was taken from: text in full, JSON as a tree. */
export function ValueInspector({
  title,
  text,
  nested,
  onClose,
}: {
  title: string;
  text: string;
  nested: boolean;
  onClose: () => void;
}) {
  const index = useMemo(() => (nested ? jsonIndexOf(text) : null), [nested, text]);
  return (
    <section aria-label={title} className="mt-3 rounded-md border bg-surface">
      <header className="flex items-center gap-2 border-b px-3 py-1.5 text-sm">
        <p className="min-w-0 flex-1 truncate font-medium">{title}</p>
        <Copy text={text} label="Copy the value" />
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

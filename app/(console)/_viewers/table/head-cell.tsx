import {
  ArrowDown,
  ArrowUp,
  Braces,
  Calendar,
  Hash,
  Link2,
  type LucideIcon,
  Shuffle,
  ToggleLeft,
  Type,
} from "lucide-react";
import type { Column, ColumnType } from "#formats/column";
import type { Sort } from "./row-query";

const ICONS: Record<ColumnType, LucideIcon> = {
  number: Hash,
  date: Calendar,
  boolean: ToggleLeft,
  link: Link2,
  text: Type,
  json: Braces,
  mixed: Shuffle,
  empty: Type,
};

export function ariaSort(sort: Sort | null, column: number): "ascending" | "descending" | "none" {
  if (sort?.column !== column) return "none";
  return sort.descending ? "descending" : "ascending";
}

/** The name of a column as a button that sorts: ascending, descending, then unsorted. */
export function HeadCell({
  column: { name, type },
  at,
  sort,
  onSort,
}: {
  column: Column;
  at: number;
  sort: Sort | null;
  onSort: (sort: Sort | null) => void;
}) {
  const state = ariaSort(sort, at);
  const TypeIcon = ICONS[type];
  const Arrow = state === "descending" ? ArrowDown : ArrowUp;
  const next = {
    none: { column: at, descending: false },
    ascending: { column: at, descending: true },
    descending: null,
  }[state];
  return (
    <button
      type="button"
      onClick={() => onSort(next)}
      title={`${name || "(no name)"}: ${type === "mixed" ? "mixed values" : type}. Click to sort`}
      className={`group/head flex h-8 w-full min-w-0 items-center gap-1.5 px-3 font-medium text-soft transition-colors hover:text-ink ${
        type === "number" ? "flex-row-reverse" : ""
      }`}
    >
      <TypeIcon aria-hidden className="size-3 shrink-0 text-faint" />
      <span className="truncate">{name || "(no name)"}</span>
      <Arrow
        aria-hidden
        className={`size-3.5 shrink-0 ${state === "none" ? "opacity-0 group-hover/head:opacity-50" : "text-accent"}`}
      />
    </button>
  );
}

/** The filter field of a column; `parseFilter` reads its text. */
export function FilterCell({
  column: { name, type },
  value,
  onChange,
}: {
  column: Column;
  value: string;
  onChange: (text: string) => void;
}) {
  const isOrdered = type === "number" || type === "date";
  return (
    <div className="px-1.5 pb-1.5">
      <input
        aria-label={`Filter ${name || "(no name)"}`}
        placeholder={type === "number" ? "> 5, 1..9" : type === "date" ? "> 2026-01-31" : "contains"}
        title={`Contained text, or: = exact, != not equal, empty, filled${isOrdered ? ", > and <, from..to" : ""}`}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-6 w-full min-w-16 rounded border border-edge bg-surface px-1.5 font-normal text-ink text-xs placeholder:text-faint"
      />
    </div>
  );
}

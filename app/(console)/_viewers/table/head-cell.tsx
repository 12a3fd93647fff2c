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
import dynamic from "next/dynamic";
import { loadCode } from "#app/_data/connection";
import type { Column, ColumnType } from "#formats/column";
import { fittingWidth } from "./columns/column-layout";
import { ResizeHandle } from "./columns/resize-handle";
import type { Sort } from "./query/row-order";
import type { TableProps } from "./table-props";

const StatisticsCell = dynamic(() =>
  loadCode(() => import("./statistics/statistics-cell")).then((module) => module.StatisticsCell),
);

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
function HeadCell({
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

/** In pixels: the lines of a head. */
export const HEAD_HEIGHTS = { name: 33, statistics: 136, filter: 31 };

/** The name of a column, what it holds, and its filter. */
export function ColumnHead({
  column,
  at,
  sort,
  onSort,
  statistics,
  filters,
  onFilter,
  widthOf,
  onResize,
}: { column: Column; at: number } & Pick<
  TableProps,
  "sort" | "onSort" | "statistics" | "filters" | "onFilter" | "widthOf" | "onResize"
>) {
  const filter = filters?.[at] ?? "";
  return (
    <>
      <HeadCell column={column} at={at} sort={sort} onSort={onSort} />
      {statistics && (
        <div className="overflow-hidden px-3 pb-1 text-left font-normal" style={{ height: HEAD_HEIGHTS.statistics }}>
          <StatisticsCell
            column={column}
            at={at}
            store={statistics}
            filter={filter}
            onFilter={(text) => onFilter(at, text)}
          />
        </div>
      )}
      {filters && <FilterCell column={column} value={filter} onChange={(text) => onFilter(at, text)} />}
      <ResizeHandle
        name={column.name || "(no name)"}
        width={widthOf(at) ?? fittingWidth(column)}
        onResize={(width) => onResize(at, width)}
        onFit={() => onResize(at, fittingWidth(column))}
      />
    </>
  );
}

/** The filter field of a column; `parseFilter` reads its text. */
function FilterCell({
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
        title={`Contained text, or: = equal, = "text" exact, != not equal, empty, filled${isOrdered ? ", > and <, from..to, from..<to" : ""}`}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-6 w-full min-w-16 rounded border border-edge bg-surface px-1.5 font-normal text-ink text-xs placeholder:text-faint"
      />
    </div>
  );
}

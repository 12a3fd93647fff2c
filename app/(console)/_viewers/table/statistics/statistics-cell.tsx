"use client";

import { useCallback, useSyncExternalStore } from "react";
import type { Column } from "#formats/column";
import { formatCount, pluralize } from "#formats/number";
import { withoutEscapes } from "../../text/escapes";
import { NumberText } from "../cells/number-text";
import type { ColumnStatistics, CommonValue } from "./column-statistics";
import { Histogram } from "./histogram";
import type { StatisticsState, StatisticsStore } from "./statistics-store";

interface Props {
  column: Column;
  at: number;
  store: StatisticsStore;
  filter: string;
  onFilter: (text: string) => void;
}

/** What a column holds, in its head. */
export function StatisticsCell({ column, at, store, filter, onFilter }: Props) {
  const subscribe = useCallback((onChange: () => void) => store.request(at, onChange), [store, at]);
  const state = useSyncExternalStore<StatisticsState>(
    subscribe,
    () => store.get(at),
    () => null,
  );
  if (state === "failed") return <p className="text-faint text-xs">Not available</p>;
  if (state === null) return <Computing />;
  const name = column.name || "(no name)";
  return (
    <>
      {state.bars.length > 0 && <Histogram name={name} bars={state.bars} filter={filter} onFilter={onFilter} />}
      {state.values.map((value) => (
        <ValueBar key={value.text} value={value} statistics={state} name={name} filter={filter} onFilter={onFilter} />
      ))}
      <Figures column={column} statistics={state} />
    </>
  );
}

function Computing() {
  return (
    <div aria-hidden className="space-y-1.5 pt-1">
      <div className="h-7 rounded bg-hover" />
      <div className="h-2 w-2/3 rounded bg-hover" />
      <div className="h-2 w-1/2 rounded bg-hover" />
    </div>
  );
}

/** A frequent value as a button that filters by it. */
function ValueBar({
  value: { text, count, filter: own },
  statistics: { rows },
  name,
  filter,
  onFilter,
}: {
  value: CommonValue;
  statistics: ColumnStatistics;
  name: string;
} & Pick<Props, "filter" | "onFilter">) {
  const isActive = own !== null && filter === own;
  const shown = withoutEscapes(text);
  return (
    <button
      type="button"
      aria-pressed={isActive}
      aria-label={`Filter ${name} by ${shown}, ${pluralize(count, "row")}`}
      title={`${shown}: ${pluralize(count, "row")}`}
      disabled={own === null}
      onClick={() => onFilter(isActive ? "" : (own ?? ""))}
      className="relative flex h-6 w-full items-center justify-between gap-2 rounded px-1 text-ink text-xs hover:bg-hover"
    >
      <span
        aria-hidden
        style={{ width: `${(count / rows) * 100}%` }}
        className={`absolute inset-y-0.5 left-0 rounded-sm ${isActive ? "bg-accent/45" : "bg-accent/15"}`}
      />
      <span className="relative truncate">{shown}</span>
      <span className="relative shrink-0 text-soft tabular-nums">{shareText(count, rows)}</span>
    </button>
  );
}

function Figures({
  column,
  statistics: { measures, nulls, distinct, rows },
}: {
  column: Column;
  statistics: ColumnStatistics;
}) {
  const lines: [string, string | null][] = measures
    ? [
        ["min", measures.min],
        ["max", measures.max],
        ["mean", measures.mean],
        ["median", measures.median],
      ]
    : [];
  const allDiffer = distinct === rows - nulls && distinct > 1;
  return (
    <dl className="mt-0.5 text-[11px] text-soft tabular-nums leading-[15px]">
      {lines.map(([label, text]) => (
        <Figure key={label} label={label} title={text ?? undefined}>
          {text === null ? "–" : <NumberText text={text} column={column} />}
        </Figure>
      ))}
      <Figure label="distinct">{allDiffer ? `all ${formatCount(distinct)}` : formatCount(distinct)}</Figure>
      <Figure label="null" title={pluralize(nulls, "cell")}>
        {shareText(nulls, rows)}
      </Figure>
    </dl>
  );
}

function Figure({ label, title, children }: { label: string; title?: string; children: React.ReactNode }) {
  return (
    <div className="flex justify-between gap-2" title={title}>
      <dt className="text-faint">{label}</dt>
      <dd className="truncate">{children}</dd>
    </div>
  );
}

/** A share in per cent, which is 0 or 100 only for none and all. */
function shareText(part: number, all: number): string {
  const share = all === 0 ? 0 : (part / all) * 100;
  if (share > 0 && share < 0.1) return "<0.1 %";
  if (share < 100 && share > 99.9) return ">99.9 %";
  return `${Number(share.toFixed(share < 10 ? 1 : 0))} %`;
}

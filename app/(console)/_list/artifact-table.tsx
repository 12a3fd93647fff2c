"use client";

import { lazy, Suspense, useRef, useState } from "react";
import { loadCode } from "#app/_data/connection";
import type { Artifact } from "#contract/artifact";
import { GroupHead, groupsOf } from "./artifact-groups";
import { ArtifactRow } from "./artifact-row";
import { ColumnHead, type Sorting, ValueHead } from "./columns/column-head";
import { COLUMNS, columnName, DEFAULT_DISPLAY, type Display } from "./columns/display";
import { ProducerLine, useProducers } from "./producers";
import type { RowActions } from "./row-actions";
import { SelectAllCheckbox } from "./selection/selection";
import { useTrends } from "./trends/use-trends";
import type { WhyOf } from "./why/use-why-line";

// Loaded when the pointer or the focus is on the heads.
const ColumnResizers = lazy(() =>
  loadCode(() => import("./columns/column-resizers")).then((module) => ({ default: module.ColumnResizers })),
);

/** What a table leaves out where it is narrow: all but the age on a phone, the last ones unless a reader chose them. */
function hiddenClass(id: string, isChosen: boolean): string {
  if (id === "created") return "";
  if (isChosen) return "@max-3xl:hidden";
  return id === "size" ? "@max-5xl:hidden" : id === "producer" ? "@max-6xl:hidden" : "@max-3xl:hidden";
}

/** A table of artifacts: what each says, how it changed, and where it comes from. */
export function ArtifactTable<Row extends Artifact>({
  caption,
  rows,
  hrefOf,
  hideFlowRun = false,
  identityOf = (row) => row.id,
  sorting,
  group = "none",
  display = null,
  isPast = false,
  whyOf = null,
  actions,
}: {
  caption: string;
  rows: Row[];
  hrefOf: (row: Row) => string;
  /** Omits the column where all rows come from one run. */
  hideFlowRun?: boolean;
  /** Equal for two states of one row. */
  identityOf?: (row: Row) => string;
  /** What consecutive rows are grouped by. */
  group?: "none" | "run" | "day";
  /** Where the heads of columns sort. */
  sorting?: Sorting;
  /** The columns that the reader chose. */
  display?: Display | null;
  /** Leaves out what says how rows are now: their trends. */
  isPast?: boolean;
  whyOf?: WhyOf | null;
  actions?: RowActions;
}) {
  const producerOf = useProducers(hideFlowRun ? [] : rows);
  const trendOf = useTrends(isPast ? [] : rows);
  const table = useRef<HTMLTableElement>(null);
  const [isHeadUsed, setHeadUsed] = useState(false);
  const isChosen = display !== null;
  const columns = (display ?? DEFAULT_DISPLAY).columns
    .filter(({ id }) => !(hideFlowRun && id === "producer") && !(isPast && id === "change"))
    .map((column) => ({ ...column, hidden: hiddenClass(column.id, isChosen) }));
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  const handleHead = () => setHeadUsed(sorting !== undefined);
  return (
    <div
      className={`@container relative rounded-lg border bg-surface ${isChosen ? "overflow-x-auto" : "overflow-hidden"}`}
    >
      <table
        ref={table}
        style={isChosen ? { minWidth: `calc(16rem + ${width}px)` } : undefined}
        className={`w-full table-fixed border-collapse text-sm @max-3xl:min-w-0! ${display?.isComfortable ? "[--row:2.75rem]" : "[--row:2rem]"}`}
      >
        <caption className="sr-only">{caption}</caption>
        <colgroup>
          {actions && <col className="w-10" />}
          <col />
          {columns.map(({ id, width, hidden }) => (
            <col key={id} style={{ width }} className={hidden} />
          ))}
          {actions && <col className="w-10" />}
        </colgroup>
        <thead className="border-b @max-3xl:sr-only" onPointerEnter={handleHead} onFocus={handleHead}>
          <tr>
            {actions && (
              <td className="h-8 p-0 @max-3xl:hidden">
                <SelectAllCheckbox selection={actions.selection} />
              </td>
            )}
            <ColumnHead name="Artifact" field="key" sorting={sorting} className={actions ? "pl-0" : ""} />
            {columns.map(({ id, hidden }) =>
              id === "value" ? (
                <ValueHead key={id} sorting={sorting} />
              ) : (
                <ColumnHead
                  key={id}
                  name={columnName(id)}
                  field={COLUMNS[id]?.field}
                  sorting={sorting}
                  className={`${hidden} ${COLUMNS[id]?.isRight ? "text-right" : ""}`}
                />
              ),
            )}
            {actions && <td className="p-0" />}
          </tr>
        </thead>
        {groupsOf(rows, group).map(({ id, name, first, rows }) => (
          <tbody key={id}>
            {group !== "none" && (
              <GroupHead
                columns={actions ? 2 : 1}
                title={
                  group === "run" && first.flowRunId !== null ? (
                    <ProducerLine id={first.flowRunId} producer={producerOf(first.flowRunId)} />
                  ) : (
                    name
                  )
                }
                count={rows.length}
              />
            )}
            {rows.map((row) => (
              <ArtifactRow
                key={identityOf(row)}
                artifact={row}
                href={hrefOf(row)}
                trend={trendOf(row.key)}
                producer={row.flowRunId === null ? null : producerOf(row.flowRunId)}
                columns={columns}
                why={whyOf?.(row)}
                actions={actions}
              />
            ))}
          </tbody>
        ))}
      </table>
      <Suspense>
        {isHeadUsed && <ColumnResizers table={table} offset={actions ? 2 : 1} display={display ?? DEFAULT_DISPLAY} />}
      </Suspense>
    </div>
  );
}

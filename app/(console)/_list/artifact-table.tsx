"use client";

import type { Artifact } from "#contract/artifact";
import { GroupHead, groupsOf } from "./artifact-groups";
import { ArtifactRow } from "./artifact-row";
import { ColumnHead, type Sorting, ValueHead } from "./column-head";
import { ProducerLine, useProducers } from "./producers";
import type { RowActions } from "./row-actions";
import { SelectAllCheckbox } from "./selection/selection";
import { useTrends } from "./trends/use-trends";

/** A table of artifacts: what each says, how it changed, and where it comes from. */
export function ArtifactTable<Row extends Artifact>({
  caption,
  rows,
  hrefOf,
  hideFlowRun = false,
  identityOf = (row) => row.id,
  sorting,
  group = "none",
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
  actions?: RowActions;
}) {
  const producerOf = useProducers(hideFlowRun ? [] : rows);
  const trendOf = useTrends(rows);
  return (
    <div className="@container overflow-hidden rounded-lg border bg-surface">
      <table className="w-full table-fixed border-collapse text-sm">
        <caption className="sr-only">{caption}</caption>
        <colgroup>
          {actions && <col className="w-10" />}
          <col />
          <col className="w-28 @max-3xl:hidden" />
          <col className="w-48 @max-3xl:hidden" />
          <col className="w-36 @max-3xl:hidden" />
          <col className="w-20 @max-5xl:hidden" />
          {!hideFlowRun && <col className="w-56 @max-6xl:hidden" />}
          <col className="w-20 @max-3xl:hidden" />
          <col className="w-20" />
          {actions && <col className="w-10" />}
        </colgroup>
        <thead className="border-b @max-3xl:sr-only">
          <tr>
            {actions && (
              <td className="h-8 p-0 @max-3xl:hidden">
                <SelectAllCheckbox selection={actions.selection} />
              </td>
            )}
            <ColumnHead name="Artifact" field="key" sorting={sorting} className={actions ? "pl-0" : ""} />
            <ColumnHead name="Type" field="type" sorting={sorting} />
            <ValueHead sorting={sorting} />
            <ColumnHead name="Change" sorting={sorting} />
            <ColumnHead name="Size" field="size" sorting={sorting} className="text-right @max-5xl:hidden" />
            {!hideFlowRun && <ColumnHead name="Flow run" sorting={sorting} className="@max-6xl:hidden" />}
            <ColumnHead name="Version" field="version" sorting={sorting} className="text-right" />
            <ColumnHead name="Age" field="created" sorting={sorting} className="text-right" />
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
                producer={hideFlowRun ? undefined : row.flowRunId === null ? null : producerOf(row.flowRunId)}
                actions={actions}
              />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

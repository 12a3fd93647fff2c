"use client";

import type { Artifact } from "#contract/artifact";
import { ArtifactRow, type RowActions } from "./artifact-row";
import { useProducers } from "./producers";
import { SelectAllCheckbox } from "./selection";

const HEAD = "h-9 px-3 text-left font-normal text-xs text-faint first:pl-4 last:pr-4";

/** Artifacts, one line each (two where it is narrow), with their facts in columns that line up. Never their data. */
export function ArtifactTable<Row extends Artifact>({
  caption,
  rows,
  hrefOf,
  ofOneRun = false,
  nameOf = (row) => row.id,
  doings,
}: {
  caption: string;
  rows: Row[];
  hrefOf: (row: Row) => string;
  /** All rows come from one run, which the page names already. */
  ofOneRun?: boolean;
  /** What tells that two rows are one and the same; their ids where it is absent. */
  nameOf?: (row: Row) => string;
  /** What can be done with rows here; nothing where it is absent. */
  doings?: RowActions;
}) {
  const producerOf = useProducers(ofOneRun ? [] : rows);
  return (
    <div className="@container overflow-hidden rounded-lg border bg-surface">
      <table className="w-full table-fixed border-collapse text-sm">
        <caption className="sr-only">{caption}</caption>
        <colgroup>
          {doings && <col className="w-10" />}
          <col className="@3xl:w-[23%]" />
          <col className="w-28 @max-3xl:hidden" />
          <col className="@max-3xl:hidden" />
          <col className="w-28 @max-3xl:hidden" />
          {!ofOneRun && <col className="w-56 @max-4xl:hidden" />}
          <col className="w-20 @max-3xl:hidden" />
          <col className="w-20" />
          {doings && <col className="w-10" />}
        </colgroup>
        <thead className="border-b @max-3xl:sr-only">
          <tr>
            {doings && (
              <td className="h-9 p-0 @max-3xl:hidden">
                <SelectAllCheckbox selection={doings.selection} />
              </td>
            )}
            <th scope="col" className={`${HEAD} ${doings ? "pl-0" : ""}`}>
              Key
            </th>
            <th scope="col" className={HEAD}>
              Type
            </th>
            <th scope="col" className={HEAD}>
              Description
            </th>
            <th scope="col" className={`${HEAD} text-right`}>
              Size
            </th>
            {!ofOneRun && (
              <th scope="col" className={`${HEAD} @max-4xl:hidden`}>
                Flow run
              </th>
            )}
            <th scope="col" className={`${HEAD} text-right`}>
              Version
            </th>
            <th scope="col" className={`${HEAD} text-right`}>
              Age
            </th>
            {doings && <td className="p-0" />}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ArtifactRow
              key={nameOf(row)}
              artifact={row}
              href={hrefOf(row)}
              producer={ofOneRun ? undefined : row.flowRunId === null ? null : producerOf(row.flowRunId)}
              doings={doings}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

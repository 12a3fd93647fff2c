"use client";

import type { Artifact } from "#contract/artifact";
import { ArtifactRow } from "./artifact-row";
import { useProducers } from "./producers";

const HEAD = "h-9 px-3 text-left font-normal text-xs text-faint first:pl-4 last:pr-4";

/** Artifacts, one line each (two on a phone), with their facts in columns that line up. Never their data. */
export function ArtifactTable<Row extends Artifact>({
  caption,
  rows,
  hrefOf,
  ofOneRun = false,
}: {
  caption: string;
  rows: Row[];
  hrefOf: (row: Row) => string;
  /** All rows come from one run, which the page names already. */
  ofOneRun?: boolean;
}) {
  const producerOf = useProducers(ofOneRun ? [] : rows);
  return (
    <div className="overflow-hidden rounded-lg border bg-surface">
      <table className="w-full table-fixed border-collapse text-sm">
        <caption className="sr-only">{caption}</caption>
        <colgroup>
          <col className="md:w-[25%]" />
          <col className="w-28 max-md:hidden" />
          <col className="max-md:hidden" />
          <col className="w-28 max-md:hidden" />
          {!ofOneRun && <col className="w-56 max-lg:hidden" />}
          <col className="w-20 max-md:hidden" />
          <col className="w-22" />
        </colgroup>
        <thead className="border-b max-md:sr-only">
          <tr>
            <th scope="col" className={HEAD}>
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
              <th scope="col" className={`${HEAD} max-lg:hidden`}>
                Flow run
              </th>
            )}
            <th scope="col" className={`${HEAD} text-right`}>
              Version
            </th>
            <th scope="col" className={`${HEAD} text-right`}>
              Age
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ArtifactRow
              key={row.id}
              artifact={row}
              href={hrefOf(row)}
              producer={ofOneRun ? undefined : row.flowRunId === null ? null : producerOf(row.flowRunId)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

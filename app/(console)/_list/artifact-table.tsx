"use client";

import { PanelRight } from "lucide-react";
import Link from "next/link";
import { Age } from "#app/_ui/age";
import type { Artifact } from "#contract/artifact";
import { contentSize } from "#formats/number";
import { TypeIcon, TypeLabel, typeName } from "./artifact-type";
import { firstLine } from "./first-line";
import { type Producer, ProducerLine, useProducers } from "./producers";
import { ROW_FOCUS } from "./row-focus";
import { RowCheckbox, SelectAllCheckbox, type Selection } from "./selection";

const HEAD = "h-9 px-3 text-left font-normal text-xs text-faint first:pl-4 last:pr-4";
const CELL = "h-10 px-3 align-middle first:pl-4 last:pr-4";

export interface RowActions {
  selection: Selection;
  /** The id of the row that is open beside the list. */
  peeked: string | null;
  onPeek: (id: string) => void;
}

export function rowName({ key, id }: Pick<Artifact, "key" | "id">): string {
  return key ?? id.slice(0, 8);
}

export function ArtifactTable<Row extends Artifact>({
  caption,
  rows,
  hrefOf,
  hideFlowRun = false,
  identityOf = (row) => row.id,
  actions,
}: {
  caption: string;
  rows: Row[];
  hrefOf: (row: Row) => string;
  /** Omits the column where all rows come from one run. */
  hideFlowRun?: boolean;
  /** Equal for two states of one row. */
  identityOf?: (row: Row) => string;
  actions?: RowActions;
}) {
  const producerOf = useProducers(hideFlowRun ? [] : rows);
  return (
    <div className="@container overflow-hidden rounded-lg border bg-surface">
      <table className="w-full table-fixed border-collapse text-sm">
        <caption className="sr-only">{caption}</caption>
        <colgroup>
          {actions && <col className="w-10" />}
          <col className="@3xl:w-[23%]" />
          <col className="w-28 @max-3xl:hidden" />
          <col className="@max-3xl:hidden" />
          <col className="w-28 @max-3xl:hidden" />
          {!hideFlowRun && <col className="w-56 @max-4xl:hidden" />}
          <col className="w-20 @max-3xl:hidden" />
          <col className="w-20" />
          {actions && <col className="w-10" />}
        </colgroup>
        <thead className="border-b @max-3xl:sr-only">
          <tr>
            {actions && (
              <td className="h-9 p-0 @max-3xl:hidden">
                <SelectAllCheckbox selection={actions.selection} />
              </td>
            )}
            <th scope="col" className={`${HEAD} ${actions ? "pl-0" : ""}`}>
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
            {!hideFlowRun && (
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
            {actions && <td className="p-0" />}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ArtifactRow
              key={identityOf(row)}
              artifact={row}
              href={hrefOf(row)}
              producer={hideFlowRun ? undefined : row.flowRunId === null ? null : producerOf(row.flowRunId)}
              actions={actions}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The whole row is a link, by an overlay of the link in its first cell. */
function ArtifactRow({
  artifact,
  href,
  producer,
  actions,
}: {
  artifact: Artifact;
  href: string;
  /** Null where no run produced it; undefined where there is no column for it. */
  producer: Producer | null | undefined;
  actions?: RowActions;
}) {
  const description = firstLine(artifact.description);
  const name = rowName(artifact);
  const peeked = actions?.peeked === artifact.id;
  const selected = actions?.selection.has(artifact.id);
  return (
    <tr
      data-row={artifact.id}
      className={`group relative scroll-mt-14 border-b transition-colors last:border-b-0 hover:bg-hover has-focus-visible:bg-hover ${peeked || selected ? "bg-wash" : ""}`}
    >
      {actions && (
        <td className="h-10 p-0">
          <RowCheckbox id={artifact.id} name={name} selection={actions.selection} />
        </td>
      )}
      <th scope="row" className={`${CELL} text-left font-normal @max-3xl:py-2.5 ${actions ? "pl-0" : ""}`}>
        <Link
          {...ROW_FOCUS}
          href={href}
          prefetch={false}
          className="block truncate font-medium after:absolute after:inset-0 focus-visible:outline-none after:focus-visible:outline-2 after:focus-visible:-outline-offset-2 after:focus-visible:outline-accent"
        >
          {artifact.key ?? <span className="font-mono text-soft text-xs">{name}</span>}
        </Link>
        <span className="mt-0.5 flex items-center gap-1.5 text-faint @3xl:hidden">
          <TypeIcon type={artifact.type} className="size-3.5" />
          <span className="truncate">{description || typeName(artifact.type)}</span>
        </span>
      </th>
      <td className={`${CELL} @max-3xl:hidden`}>
        <TypeLabel type={artifact.type} />
      </td>
      <td className={`${CELL} @max-3xl:hidden`}>
        <span className="block truncate text-soft">{description}</span>
      </td>
      <td className={`${CELL} text-right text-faint tabular-nums @max-3xl:hidden`}>{contentSize(artifact)}</td>
      {producer !== undefined && (
        <td className={`${CELL} truncate @max-4xl:hidden`}>
          {artifact.flowRunId && producer && <ProducerLine id={artifact.flowRunId} producer={producer} />}
        </td>
      )}
      <td className={`${CELL} text-right text-soft tabular-nums @max-3xl:hidden`}>
        {artifact.version !== null && `v${artifact.version}`}
      </td>
      <td className={`${CELL} text-right text-soft tabular-nums`}>
        <Age of={artifact.created} className="relative" />
        <span className="block text-faint @3xl:hidden">{artifact.version !== null && `v${artifact.version}`}</span>
      </td>
      {actions && (
        <td className="h-10 p-0 pr-2">
          <PeekButton
            name={name}
            open={peeked}
            onPeek={() => actions.onPeek(artifact.id)}
            className="size-8 transition-opacity"
          />
        </td>
      )}
    </tr>
  );
}

export function PeekButton({
  name,
  open,
  onPeek,
  className,
}: {
  name: string;
  open: boolean;
  onPeek: () => void;
  className: string;
}) {
  return (
    <button
      type="button"
      aria-label={`Peek at ${name}`}
      aria-pressed={open}
      title="Peek (Space)"
      onClick={onPeek}
      className={`relative z-[1] inline-flex items-center justify-center rounded-md hover:bg-line hover:text-ink ${className} ${
        open
          ? "text-accent"
          : "text-faint sm:pointer-fine:opacity-0 pointer-fine:focus-visible:opacity-100 pointer-fine:group-hover:opacity-100 pointer-fine:group-has-focus-visible:opacity-100"
      }`}
    >
      <PanelRight aria-hidden className="size-4" />
    </button>
  );
}

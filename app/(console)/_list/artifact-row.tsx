"use client";

import Link from "next/link";
import { Age } from "#app/_ui/age";
import type { Artifact } from "#contract/artifact";
import type { Trend } from "#contract/series";
import { formatBytes, formatCount } from "#formats/number";
import { TypeIcon, TypeLabel, typeName } from "./artifact-type";
import { firstLine } from "./first-line";
import { PeekButton } from "./peek-button";
import { type Producer, ProducerLine } from "./producers";
import { type RowActions, rowName } from "./row-actions";
import { ROW_FOCUS } from "./row-focus";
import { RowCheckbox } from "./selection/selection";
import { changeOf, valuesUntil } from "./trends/change";
import { Sparkline } from "./trends/sparkline";
import { contentValue } from "./value";

const CELL = "h-8 px-3 align-middle first:pl-4 last:pr-4";

/** The whole row is a link, by an overlay of the link in its first cell. */
export function ArtifactRow({
  artifact,
  href,
  trend,
  producer,
  actions,
}: {
  artifact: Artifact;
  href: string;
  trend: Trend | undefined;
  /** Null where no run produced it; undefined where there is no column for it. */
  producer: Producer | null | undefined;
  actions?: RowActions;
}) {
  const description = firstLine(artifact.description);
  const name = rowName(artifact);
  const peeked = actions?.peeked === artifact.id;
  const selected = actions?.selection.has(artifact.id);
  const version = artifact.version === null ? "" : `v${formatCount(artifact.version)}`;
  const value = contentValue(artifact);
  const change = changeOf(artifact, trend);
  return (
    <tr
      data-row={artifact.id}
      className={`group relative scroll-mt-14 border-b transition-colors last:border-b-0 ${peeked || selected ? "bg-wash" : "hover:bg-hover has-focus-visible:bg-hover"}`}
    >
      {actions && (
        <td className="h-8 p-0">
          <RowCheckbox id={artifact.id} name={name} selection={actions.selection} />
        </td>
      )}
      <th scope="row" className={`${CELL} text-left font-normal @max-3xl:py-2 ${actions ? "pl-0" : ""}`}>
        <span className="flex min-w-0 items-baseline gap-2.5">
          <Link
            {...ROW_FOCUS}
            href={href}
            prefetch={false}
            className={`shrink-0 truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent ${description ? "max-w-[70%] @max-3xl:max-w-full" : "max-w-full"}`}
          >
            {artifact.key ?? <span className="font-mono text-soft text-xs">{name}</span>}
          </Link>
          {description && <span className="min-w-0 truncate text-faint @max-3xl:hidden">{description}</span>}
        </span>
        <span className="mt-0.5 flex items-center gap-1.5 text-faint @3xl:hidden">
          <TypeIcon type={artifact.type} className="size-3.5" />
          {value && !(value.isWords && description) && (
            <span className={`tabular-nums ${value.isWords ? "truncate" : "shrink-0 text-soft"}`}>{value.text}</span>
          )}
          <span className="truncate">{description || (value ? "" : typeName(artifact.type))}</span>
        </span>
      </th>
      <td className={`${CELL} @max-3xl:hidden`}>
        <TypeLabel type={artifact.type} />
      </td>
      <td
        className={`${CELL} truncate tabular-nums @max-3xl:hidden ${value?.isWords ? "text-soft" : ""}`}
        title={value?.title ?? (value?.isWords ? value.text : undefined)}
      >
        {value?.text}
      </td>
      <td className={`${CELL} @max-3xl:hidden`}>
        <span className="flex items-center gap-2 text-soft">
          <Sparkline values={valuesUntil(artifact, trend)} />
          {change && (
            <span
              className={`truncate tabular-nums ${change.text === "same" ? "text-faint" : ""}`}
              title={change.title}
            >
              {change.text}
            </span>
          )}
        </span>
      </td>
      <td className={`${CELL} text-right text-faint tabular-nums @max-5xl:hidden`}>{formatBytes(artifact.size)}</td>
      {producer !== undefined && (
        <td className={`${CELL} truncate @max-6xl:hidden`}>
          {artifact.flowRunId && producer && <ProducerLine id={artifact.flowRunId} producer={producer} />}
        </td>
      )}
      <td className={`${CELL} text-right text-soft tabular-nums @max-3xl:hidden`}>{version}</td>
      <td className={`${CELL} text-right text-soft tabular-nums`}>
        <Age of={artifact.created} className="relative" />
        <span className="block text-faint @3xl:hidden">{version}</span>
      </td>
      {actions && (
        <td className="h-8 p-0 pr-2">
          <PeekButton name={name} open={peeked} onPeek={() => actions.onPeek(artifact.id)} className="size-7" />
        </td>
      )}
    </tr>
  );
}

"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { Age } from "#app/_ui/age";
import type { Artifact } from "#contract/artifact";
import type { Trend } from "#contract/series";
import { formatBytes, formatCount } from "#formats/number";
import { TypeIcon, TypeLabel, typeName } from "./artifact-type";
import { Chips } from "./chips";
import { COLUMNS, metadataField } from "./columns/display";
import { firstLine } from "./first-line";
import { PeekButton } from "./peek-button";
import { type Producer, ProducerLine } from "./producers";
import { type RowActions, rowName } from "./row-actions";
import { ROW_FOCUS } from "./row-focus";
import { PinMark, UnreadMark } from "./row-marks";
import { RowCheckbox } from "./selection/selection";
import { type DescribedRow, tagsOf } from "./tags-of";
import { changeOf, valuesUntil } from "./trends/change";
import { Sparkline } from "./trends/sparkline";
import { contentValue } from "./value";

const CELL = "h-(--row) align-middle";

// Laid out once it is near the viewport: the first view of a list takes a third less. Such content lies above the link of
// the row, which gets the clicks on all but other links and times with a title. The padding has room for focus outlines.
const CONTENT =
  "pointer-events-none truncate px-3 py-1 [contain-intrinsic-height:20px] [content-visibility:auto] [&_:is(a,time)]:pointer-events-auto";

/** The whole row is a link, by an overlay of the link in its first cell. */
export function ArtifactRow({
  artifact,
  href,
  trend,
  producer,
  columns,
  why,
  actions,
}: {
  artifact: DescribedRow;
  href: string;
  trend: Trend | undefined;
  /** Null where no run produced it. */
  producer: Producer | null;
  /** A line that says why a search found it. */
  why?: ReactNode;
  /** The columns after the name, with classes that hide them. */
  columns: { id: string; hidden: string }[];
  actions?: RowActions;
}) {
  // A title says what the key is about, in the words of people.
  const description = artifact.about?.title ?? firstLine(artifact.description);
  const name = rowName(artifact);
  const peeked = actions?.peeked === artifact.id;
  const selected = actions?.selection.has(artifact.id);
  const value = contentValue(artifact);
  const hasChips = tagsOf(artifact).length + (artifact.labels?.length ?? 0) > 0;
  return (
    <tr
      data-row={artifact.id}
      className={`group relative scroll-mt-14 border-b transition-colors last:border-b-0 ${peeked || selected ? "bg-wash" : "hover:bg-hover has-focus-visible:bg-hover"}`}
    >
      {actions && (
        <td className="h-(--row) p-0">
          <RowCheckbox id={artifact.id} name={name} selection={actions.selection} />
        </td>
      )}
      <th
        scope="row"
        className={`${CELL} px-3 first:pl-4 last:pr-4 text-left font-normal @max-3xl:py-2 ${why ? "py-1" : ""} ${actions ? "pl-0" : ""}`}
      >
        <span className="flex min-w-0 items-baseline gap-2.5 @max-3xl:flex-wrap @max-3xl:gap-y-1">
          {artifact.unread && <UnreadMark />}
          {artifact.pinned && <PinMark />}
          <Link
            {...ROW_FOCUS}
            href={href}
            prefetch={false}
            className={`shrink-0 truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent ${description || hasChips ? "max-w-[70%] @max-3xl:max-w-full" : "max-w-full"}`}
          >
            {artifact.key ?? <span className="font-mono text-soft text-xs">{name}</span>}
          </Link>
          <Chips labels={artifact.labels} tags={tagsOf(artifact)} className="flex" />
          {description && (
            // In a second line, which is hidden, where there is no room for a word.
            <span className="flex h-5 min-w-0 flex-1 flex-wrap overflow-hidden @max-3xl:hidden">
              <span aria-hidden className="w-0">
                {"\u200b"}
              </span>
              <bdi className="min-w-16 flex-1 basis-0 truncate text-faint">{description}</bdi>
            </span>
          )}
        </span>
        <span className="mt-0.5 flex items-center gap-1.5 text-faint @3xl:hidden">
          <TypeIcon type={artifact.type} className="size-3.5" />
          {value && !(value.isWords && description) && (
            <span className={`tabular-nums ${value.isWords ? "truncate" : "shrink-0 text-soft"}`}>{value.text}</span>
          )}
          <bdi className="truncate">{description || (value ? "" : typeName(artifact.type))}</bdi>
        </span>
        {why}
      </th>
      {columns.map(({ id, hidden }) => (
        <td
          key={id}
          className={`${CELL} p-0 last:pr-1 ${hidden} ${COLUMNS[id]?.isRight ? "text-right tabular-nums" : ""}`}
        >
          <div className={CONTENT}>
            <CellContent id={id} artifact={artifact} trend={trend} producer={producer} />
          </div>
        </td>
      ))}
      {actions && (
        <td className="h-(--row) p-0 pr-2">
          <PeekButton name={name} open={peeked} onPeek={() => actions.onPeek(artifact.id)} className="size-7" />
        </td>
      )}
    </tr>
  );
}

function CellContent({
  id,
  artifact,
  trend,
  producer,
}: {
  id: string;
  artifact: DescribedRow;
  trend: Trend | undefined;
  producer: Producer | null;
}): ReactNode {
  const version = artifact.version === null ? "" : `v${formatCount(artifact.version)}`;
  switch (id) {
    case "type":
      return <TypeLabel type={artifact.type} />;
    case "value":
      return <ValueCell artifact={artifact} />;
    case "change":
      return <ChangeCell artifact={artifact} trend={trend} />;
    case "size":
      return <span className="text-faint">{formatBytes(artifact.size)}</span>;
    case "producer":
      return artifact.flowRunId && producer && <ProducerLine id={artifact.flowRunId} producer={producer} />;
    case "version":
      return <span className="text-soft">{version}</span>;
    case "created":
      return (
        <span className="text-soft">
          <Age of={artifact.created} />
          <span className="block text-faint @3xl:hidden">{version}</span>
        </span>
      );
    case "updated":
      return <Age of={artifact.updated} className="text-soft" />;
    case "title":
      return <span className="text-soft">{artifact.about?.title}</span>;
    case "owner":
      return <span className="text-soft">{artifact.about?.owner}</span>;
    case "description":
      return <span className="text-soft">{firstLine(artifact.description)}</span>;
    default:
      return <MetadataCell value={artifact.metadata?.[metadataField(id) ?? ""]} />;
  }
}

function ValueCell({ artifact }: { artifact: Artifact }) {
  const value = contentValue(artifact);
  return (
    value && (
      <span
        title={value.title ?? (value.isWords ? value.text : undefined)}
        className={value.isWords ? "text-soft" : "tabular-nums"}
      >
        {value.text}
      </span>
    )
  );
}

function ChangeCell({ artifact, trend }: { artifact: Artifact; trend: Trend | undefined }) {
  const change = changeOf(artifact, trend);
  return (
    <span className="flex items-center gap-2 text-soft">
      <Sparkline values={valuesUntil(artifact, trend)} />
      {change && (
        <span
          className={`truncate tabular-nums ${change.text.startsWith("same") ? "text-faint" : ""}`}
          title={change.title}
        >
          {change.text}
        </span>
      )}
    </span>
  );
}

function MetadataCell({ value }: { value: unknown }) {
  if (value === undefined || value === null) return null;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return (
    <span className="text-soft" title={text}>
      {text}
    </span>
  );
}

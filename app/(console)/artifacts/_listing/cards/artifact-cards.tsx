"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { Age } from "#app/_ui/age";
import type { Trend } from "#contract/series";
import { formatBytes, formatCount, rowCount } from "#formats/number";
import { TypeIcon, typeName } from "../../../_list/artifact-type";
import { Chips } from "../../../_list/chips";
import { firstLine } from "../../../_list/first-line";
import { PeekButton } from "../../../_list/peek-button";
import { type Producer, ProducerLine, useProducers } from "../../../_list/producers";
import { type RowActions, rowName } from "../../../_list/row-actions";
import { ROW_FOCUS } from "../../../_list/row-focus";
import { PinMark, UnreadMark } from "../../../_list/row-marks";
import { RowCheckbox } from "../../../_list/selection/selection";
import { type DescribedRow, tagsOf } from "../../../_list/tags-of";
import { useTrends } from "../../../_list/trends/use-trends";
import type { WhyOf } from "../../../_list/why/use-why-line";
import { CardContent } from "./card-content";

export function ArtifactCards({
  caption,
  cards,
  whyOf,
  actions,
}: {
  caption: string;
  cards: { artifact: DescribedRow; identity: string; href: string }[];
  whyOf: WhyOf | null;
  actions: RowActions;
}) {
  const artifacts = cards.map(({ artifact }) => artifact);
  const producerOf = useProducers(artifacts);
  const trendOf = useTrends(artifacts);
  return (
    <div className="@container">
      <ul aria-label={caption} className="grid grid-cols-1 gap-3 @xl:grid-cols-2 @4xl:grid-cols-3 @6xl:grid-cols-4">
        {cards.map(({ artifact, identity, href }) => (
          <Card
            key={identity}
            artifact={artifact}
            href={href}
            trend={trendOf(artifact.key)}
            producer={artifact.flowRunId === null ? null : producerOf(artifact.flowRunId)}
            why={whyOf?.(artifact)}
            actions={actions}
          />
        ))}
      </ul>
    </div>
  );
}

function Card({
  artifact,
  href,
  trend,
  producer,
  why,
  actions,
}: {
  artifact: DescribedRow;
  href: string;
  trend: Trend | undefined;
  producer: Producer | null;
  why: ReactNode;
  actions: RowActions;
}) {
  const { id, type, key, version, flowRunId, rows } = artifact;
  const name = rowName(artifact);
  const peeked = actions.peeked === id;
  return (
    // Laid out once it is near the viewport.
    <li
      data-row={id}
      className={`group relative flex [contain-intrinsic-height:auto_180px] [content-visibility:auto] scroll-mt-16 flex-col rounded-lg border p-3.5 transition-colors hover:border-edge has-focus-visible:border-edge ${
        peeked || actions.selection.has(id) ? "border-accent bg-wash" : "bg-surface"
      }`}
    >
      <div className="flex items-center gap-2">
        <TypeIcon type={type} />
        {artifact.unread && <UnreadMark />}
        {artifact.pinned && <PinMark />}
        <Link
          {...ROW_FOCUS}
          href={href}
          prefetch={false}
          className="min-w-0 flex-1 truncate font-medium after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {key ?? <span className="font-mono text-soft text-xs">{name}</span>}
        </Link>
        <span className="-my-1 -mr-1.5 flex items-center">
          <PeekButton name={name} open={peeked} onPeek={() => actions.onPeek(id)} className="size-7" />
          <span className="h-7 w-7">
            <RowCheckbox id={id} name={name} selection={actions.selection} />
          </span>
        </span>
      </div>
      {why}
      <CardContent artifact={artifact} trend={trend} />
      <p className="mt-2 truncate text-sm text-soft">
        {artifact.about?.title ?? (firstLine(artifact.description) || typeName(type))}
      </p>
      <Chips labels={artifact.labels} tags={tagsOf(artifact)} className="mt-1 flex" />
      <div className="mt-auto pt-1.5 text-faint text-sm">
        <p className="truncate">
          {flowRunId !== null && producer && <ProducerLine id={flowRunId} producer={producer} />}
        </p>
        <p className="flex gap-2 tabular-nums">
          {rows !== null && <span>{rowCount(artifact.type, rows)}</span>}
          {version !== null && <span>v{formatCount(version)}</span>}
          <span className="mr-auto">{formatBytes(artifact.size)}</span>
          <Age of={artifact.created} className="relative" />
        </p>
      </div>
    </li>
  );
}

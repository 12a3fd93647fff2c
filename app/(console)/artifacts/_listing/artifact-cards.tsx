"use client";

import Link from "next/link";
import { Age } from "#app/_ui/age";
import type { Artifact } from "#contract/artifact";
import { contentSize } from "#formats/number";
import { TypeIcon, typeName } from "../../_list/artifact-type";
import { firstLine } from "../../_list/first-line";
import { PeekButton } from "../../_list/peek-button";
import { type Producer, ProducerLine, useProducers } from "../../_list/producers";
import { type RowActions, rowName } from "../../_list/row-actions";
import { ROW_FOCUS } from "../../_list/row-focus";
import { RowCheckbox } from "../../_list/selection";

export function ArtifactCards({
  caption,
  cards,
  actions,
}: {
  caption: string;
  cards: { artifact: Artifact; identity: string; href: string }[];
  actions: RowActions;
}) {
  const producerOf = useProducers(cards.map(({ artifact }) => artifact));
  return (
    <div className="@container">
      <ul aria-label={caption} className="grid gap-3 @xl:grid-cols-2 @4xl:grid-cols-3 @6xl:grid-cols-4">
        {cards.map(({ artifact, identity, href }) => (
          <Card
            key={identity}
            artifact={artifact}
            href={href}
            producer={artifact.flowRunId === null ? null : producerOf(artifact.flowRunId)}
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
  producer,
  actions,
}: {
  artifact: Artifact;
  href: string;
  producer: Producer | null;
  actions: RowActions;
}) {
  const { id, type, key, version, number, flowRunId } = artifact;
  const name = rowName(artifact);
  const peeked = actions.peeked === id;
  return (
    <li
      data-row={id}
      className={`group relative flex min-h-36 scroll-mt-16 flex-col rounded-lg border p-3.5 transition-colors hover:border-edge has-focus-visible:border-edge ${
        peeked || actions.selection.has(id) ? "border-accent bg-wash" : "bg-surface"
      }`}
    >
      <div className="flex items-center gap-2">
        <TypeIcon type={type} />
        <Link
          {...ROW_FOCUS}
          href={href}
          prefetch={false}
          className="min-w-0 flex-1 truncate font-medium after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent"
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
      <p className="mt-1.5 line-clamp-2 text-sm text-soft">{firstLine(artifact.description) || typeName(type)}</p>
      <div className="mt-auto pt-3 text-faint text-sm">
        {type === "progress" && number !== null && (
          <div aria-hidden className="mb-2 h-1 overflow-hidden rounded-full bg-line">
            <div
              className="h-full rounded-full bg-accent"
              style={{ width: `${Math.min(100, Math.max(0, number))}%` }}
            />
          </div>
        )}
        <p className="truncate">
          {flowRunId !== null && producer && <ProducerLine id={flowRunId} producer={producer} />}
        </p>
        <p className="flex gap-2 tabular-nums">
          {version !== null && <span>v{version}</span>}
          <span className="mr-auto">{contentSize(artifact)}</span>
          <Age of={artifact.created} className="relative" />
        </p>
      </div>
    </li>
  );
}

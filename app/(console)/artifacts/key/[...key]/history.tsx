"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useApi } from "#app/_data/client";
import type { Artifact } from "#contract/artifact";
import { Pager } from "../../../_list/pager";
import { useProducers } from "../../../_list/producers";
import { compareHref } from "../../_artifact/compare-url";
import { labelsOn, useLabels } from "../../_labels/labels";
import { Jump } from "./jump";
import { newerQuery } from "./queries";
import { useSameAs, useVersionPage } from "./use-versions";
import { useView } from "./use-view";
import { VersionEntry } from "./version-entry";
import { PAGE_SIZE, pageStart } from "./view";

/** A page of a key's versions, newest first, each with what changed since the one before. */
export function History({
  artifactKey,
  newest,
  open,
  openRow,
}: {
  artifactKey: string;
  newest: number;
  open: number;
  openRow: Artifact | undefined;
}) {
  const { view, hrefOf } = useView(artifactKey);
  const from = view.from ?? pageStart(open, newest);
  const { rows, olderThan } = useVersionPage(artifactKey, from);
  const top = rows[0]?.version ?? 0;
  const { data: newer = [] } = useQuery({ ...newerQuery(useApi(), artifactKey, top), enabled: from !== null });
  const sameAs = useSameAs(artifactKey, from);
  const labels = useLabels(artifactKey);
  const producerOf = useProducers(rows);
  // Not before the open version is in the list.
  const list = useScrollIntoView(rows.some(({ version }) => version === open) ? open : null);
  const last = rows.at(-1);
  const below = last && olderThan(last);
  const above = newer.length < PAGE_SIZE ? null : (newer.at(-1)?.version ?? null);
  return (
    <section aria-labelledby="history-title">
      <div className="mb-2 flex h-8 items-center justify-between gap-3">
        <h2 id="history-title" className="font-medium text-sm">
          History
        </h2>
        {newest > PAGE_SIZE && <Jump artifactKey={artifactKey} newest={newest} />}
      </div>
      <ol ref={list} className="relative">
        {rows.map((row) => (
          <VersionEntry
            key={row.id}
            line={{
              row,
              older: olderThan(row),
              sameAs: sameAs(row),
              latest: row.version === newest,
              labels: labelsOn(labels, row.version),
              producer: row.flowRunId === null ? null : producerOf(row.flowRunId),
            }}
            href={hrefOf({ version: row.version === newest ? null : row.version, from: view.from })}
            open={row.version === open}
            compare={openRow && openRow.id !== row.id ? comparisonOf(row, openRow) : null}
          />
        ))}
      </ol>
      <Pager
        page={{
          previous: newer.length > 0 ? hrefOf({ from: above ?? newest }) : null,
          next: below ? hrefOf({ from: below.version }) : null,
        }}
        hrefOf={(href) => href}
        hasKeys={false}
      />
    </section>
  );
}

/** Returns the ref of a list that, in a scrolling box, centres its current entry whenever `current` changes. */
function useScrollIntoView(current: unknown) {
  const list = useRef<HTMLOListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the current entry is read from the page
  useEffect(() => {
    const entry = list.current?.querySelector("[aria-current]");
    const box = list.current?.closest("[data-scrolls]");
    if (!entry || !box || box.scrollHeight <= box.clientHeight) return;
    const [inner, outer] = [entry.getBoundingClientRect(), box.getBoundingClientRect()];
    if (inner.top >= outer.top && inner.bottom <= outer.bottom) return;
    box.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
  }, [current]);
  return list;
}

function comparisonOf(row: Artifact, open: Artifact) {
  const [from, to] = (row.version ?? 0) < (open.version ?? 0) ? [row, open] : [open, row];
  return { href: compareHref(to.id, from.id), name: `Compare v${from.version} with v${to.version}` };
}

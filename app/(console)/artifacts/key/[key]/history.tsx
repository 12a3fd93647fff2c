"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import type { Artifact } from "#contract/artifact";
import { Pager } from "../../../pager";
import { useProducers } from "../../../producers";
import { historyQuery } from "../../artifact-queries";
import { compareHref } from "../../compare-link";
import { changeOf } from "./change";
import { Entry } from "./entry";
import { useHistoryShortcuts } from "./history-shortcuts";
import { type HistoryView, historyHref } from "./view";

/** The versions of a key, the newest first, with what changed from each to the next. */
export function History({
  artifactKey,
  view,
  latest,
}: {
  artifactKey: string;
  view: HistoryView;
  latest: number | null;
}) {
  const { data } = useSuspenseQuery(historyQuery(useApi(), artifactKey, view.cursor));
  const producerOf = useProducers(data.items);
  const newest = view.cursor ? latest : (data.items[0]?.version ?? latest);
  const open = view.version ?? newest;
  const hrefOf = (row: Artifact) =>
    historyHref(artifactKey, { version: row.version === newest ? null : row.version, cursor: view.cursor });
  useHistoryShortcuts(
    data.items.map(hrefOf),
    data.items.findIndex((row) => row.version === open),
  );
  return (
    <section aria-labelledby="history-title">
      <h2 id="history-title" className="mb-2 font-medium text-sm">
        History
      </h2>
      <ol className="relative">
        {data.items.map((row, index) => {
          const older = data.items[index + 1];
          return (
            <Entry
              key={row.id}
              row={row}
              href={hrefOf(row)}
              open={row.version === open}
              latest={row.version === newest}
              change={older ? changeOf(row, older) : null}
              first={row.version === 1}
              producer={row.flowRunId === null ? null : producerOf(row.flowRunId)}
              compare={comparisonOf(
                row,
                data.items.find((each) => each.version === open),
              )}
            />
          );
        })}
      </ol>
      <Pager page={data} hrefOf={(cursor) => historyHref(artifactKey, { version: view.version, cursor })} />
    </section>
  );
}

function comparisonOf(row: Artifact, open: Artifact | undefined) {
  if (!open || open.id === row.id) return null;
  const [from, to] = (row.version ?? 0) < (open.version ?? 0) ? [row, open] : [open, row];
  return { href: compareHref(to.id, from.id), name: `Compare v${from.version} with v${to.version}` };
}

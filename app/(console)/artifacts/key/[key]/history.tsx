"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import type { Artifact } from "#contract/artifact";
import { Pager } from "../../../_list/pager";
import { useProducers } from "../../../_list/producers";
import { compareHref } from "../../_artifact/compare-link";
import { changeSummary } from "./change-summary";
import { HistoryEntry } from "./history-entry";
import { useHistoryShortcuts } from "./history-shortcuts";
import { Jump } from "./jump";
import { newerQuery, versionsQuery } from "./queries";
import { useScrollIntoView } from "./use-scroll-into-view";
import { firstVersionShown, type HistoryView, historyHref, PAGE_SIZE } from "./view";

/** The versions of a key from a number down, with what changed from each to the next; `[` and `]` open the next older and newer. */
export function History({ artifactKey, view, latest }: { artifactKey: string; view: HistoryView; latest: number }) {
  const api = useApi();
  const from = firstVersionShown(view, latest);
  const { data } = useSuspenseQuery(versionsQuery(api, artifactKey, from));
  // What was made in one moment comes in the order of its ids.
  const found = data.toSorted((a, b) => (b.version ?? 0) - (a.version ?? 0));
  const rows = found.slice(0, PAGE_SIZE);
  const top = rows[0]?.version ?? 0;
  const { data: newer = [] } = useQuery({ ...newerQuery(api, artifactKey, top), enabled: from !== null });
  const producerOf = useProducers(rows);
  const newest = from === null ? top : latest;
  const open = view.version ?? newest;
  const at = found.findIndex(({ version }) => version === open);
  const hrefOf = (version: number | null, down: number | null) =>
    historyHref(artifactKey, { ...view, version: version === newest ? null : version, from: down });
  const besideOf = (row: Artifact | undefined) =>
    at >= 0 && row ? hrefOf(row.version, rows.includes(row) ? from : null) : null;
  useHistoryShortcuts({ older: besideOf(found[at + 1]), newer: besideOf(at > 0 ? found[at - 1] : newer[0]) });
  const list = useScrollIntoView(open);
  const below = found[PAGE_SIZE];
  const above = newer.length < PAGE_SIZE ? null : (newer.at(-1)?.version ?? null);
  return (
    <section aria-labelledby="history-title">
      <div className="mb-2 flex h-8 items-center justify-between gap-3">
        <h2 id="history-title" className="font-medium text-sm">
          History
        </h2>
        {latest > PAGE_SIZE && <Jump artifactKey={artifactKey} latest={latest} />}
      </div>
      <ol ref={list} className="relative">
        {rows.map((row, index) => {
          const older = found[index + 1];
          return (
            <HistoryEntry
              key={row.id}
              row={row}
              href={hrefOf(row.version, from)}
              open={row.version === open}
              latest={row.version === newest}
              change={older ? changeSummary(row, older) : null}
              first={row.version === 1}
              producer={row.flowRunId === null ? null : producerOf(row.flowRunId)}
              compare={comparisonOf(row, found[at])}
            />
          );
        })}
      </ol>
      <Pager
        page={{
          previous: newer.length > 0 ? hrefOf(open, above) : null,
          next: below ? hrefOf(open, below.version) : null,
        }}
        hrefOf={(href) => href}
      />
    </section>
  );
}

function comparisonOf(row: Artifact, open: Artifact | undefined) {
  if (!open || open.id === row.id) return null;
  const [from, to] = (row.version ?? 0) < (open.version ?? 0) ? [row, open] : [open, row];
  return { href: compareHref(to.id, from.id), name: `Compare v${from.version} with v${to.version}` };
}

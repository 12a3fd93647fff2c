"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import type { Artifact } from "#contract/artifact";
import { Pager } from "../../../_list/pager";
import { useProducers } from "../../../_list/producers";
import { compareHref } from "../../_artifact/compare-link";
import { changeOf } from "./change-summary";
import { Entry } from "./history-entry";
import { useHistoryShortcuts } from "./history-shortcuts";
import { Jump } from "./jump";
import { newerQuery, versionsQuery } from "./queries";
import { useInSight } from "./use-scroll-into-view";
import { fromOf, type HistoryView, historyHref, SHOWN } from "./view";

/** The versions of a key from a number down, with what changed from each to the next; `[` and `]` open the next older and newer. */
export function History({ artifactKey, view, latest }: { artifactKey: string; view: HistoryView; latest: number }) {
  const api = useApi();
  const from = fromOf(view, latest);
  const { data } = useSuspenseQuery(versionsQuery(api, artifactKey, from));
  // What was made in one moment comes in the order of its ids.
  const found = data.toSorted((a, b) => (b.version ?? 0) - (a.version ?? 0));
  const rows = found.slice(0, SHOWN);
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
  const list = useInSight(open);
  const below = found[SHOWN];
  const above = newer.length < SHOWN ? null : (newer.at(-1)?.version ?? null);
  return (
    <section aria-labelledby="history-title">
      <div className="mb-2 flex h-8 items-center justify-between gap-3">
        <h2 id="history-title" className="font-medium text-sm">
          History
        </h2>
        {latest > SHOWN && <Jump artifactKey={artifactKey} latest={latest} />}
      </div>
      <ol ref={list} className="relative">
        {rows.map((row, index) => {
          const older = found[index + 1];
          return (
            <Entry
              key={row.id}
              row={row}
              href={hrefOf(row.version, from)}
              open={row.version === open}
              latest={row.version === newest}
              change={older ? changeOf(row, older) : null}
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

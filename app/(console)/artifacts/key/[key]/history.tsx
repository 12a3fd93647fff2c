"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useApi } from "#app/_data/client";
import { useShortcuts } from "#app/_ui/shortcut";
import type { Artifact } from "#contract/artifact";
import { Pager } from "../../../_list/pager";
import { useProducers } from "../../../_list/producers";
import { compareHref } from "../../_artifact/compare-link";
import { changeSummary } from "./change-summary";
import { HistoryEntry } from "./history-entry";
import { Jump } from "./jump";
import { newerQuery, versionsQuery } from "./queries";
import { type HistoryView, historyHref, historyStart, PAGE_SIZE } from "./view";

/** A page of a key's versions, newest first, each with what changed since the one before. */
export function History({ artifactKey, view, latest }: { artifactKey: string; view: HistoryView; latest: number }) {
  const api = useApi();
  const from = historyStart(view, latest);
  const { data } = useSuspenseQuery(versionsQuery(api, artifactKey, from));
  // Versions with one timestamp come in the order of their ids.
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
  const neighbourHref = (row: Artifact | undefined) =>
    at >= 0 && row ? hrefOf(row.version, rows.includes(row) ? from : null) : null;
  useHistoryShortcuts({ older: neighbourHref(found[at + 1]), newer: neighbourHref(at > 0 ? found[at - 1] : newer[0]) });
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

/** The keyboard shortcuts that open the neighbours of the open version. */
function useHistoryShortcuts({ older, newer }: { older: string | null; newer: string | null }) {
  const router = useRouter();
  const open = (label: string, href: string | null) =>
    href === null ? undefined : { label, run: () => router.replace(href, { scroll: false }), repeats: true };
  useShortcuts({ "[": open("Older version", older), "]": open("Newer version", newer) }, "History");
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

function comparisonOf(row: Artifact, open: Artifact | undefined) {
  if (!open || open.id === row.id) return null;
  const [from, to] = (row.version ?? 0) < (open.version ?? 0) ? [row, open] : [open, row];
  return { href: compareHref(to.id, from.id), name: `Compare v${from.version} with v${to.version}` };
}

import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { api, Hydrated, queryClient, resultOf, serverInfo } from "#app/_data/server";
import { prefetchProducers } from "../../../_list/prefetch-producers";
import { PageError } from "../../../_shell/page-error";
import { ChartChoice } from "./chart-choice";
import { DeletedKey } from "./deleted-key";
import { History } from "./history";
import { KeyHeader } from "./key-header";
import { LatestPanel, NumberedPanel } from "./panels";
import {
  keyQuery,
  lastDeletedQuery,
  latestQuery,
  newerQuery,
  numberedQuery,
  seriesQuery,
  versionsQuery,
} from "./queries";
import { SeriesChart } from "./series-chart";
import { availableMeasures, historyHref, historyStart, loadHistory, selectedMeasure } from "./view";

interface Props {
  params: Promise<{ key: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).key) };
}

export default async function KeyPage({ params, searchParams }: Props) {
  const key = decodeURIComponent((await params).key);
  const view = await loadHistory(searchParams);
  const cache = queryClient();
  const latest = await resultOf(cache.fetchQuery(latestQuery(api, key)));
  if ("error" in latest) {
    if (latest.error.code === "BAD_REQUEST") notFound();
    if (latest.error.code !== "NOT_FOUND") return <PageError error={latest.error} back={BACK} />;
    const [last] = await cache.fetchQuery(lastDeletedQuery(api, key));
    if (!last) notFound();
    return <DeletedKey artifactKey={key} last={last} />;
  }
  const newest = latest.data.version ?? 0;
  const from = historyStart(view, newest);
  const measures = availableMeasures(latest.data);
  const measure = selectedMeasure(view, measures);
  const [rows] = await Promise.all([
    resultOf(cache.fetchQuery(versionsQuery(api, key, from))),
    cache.prefetchQuery(keyQuery(api, key)),
    view.version !== null && cache.prefetchQuery(numberedQuery(api, key, view.version)),
    measure && cache.prefetchQuery(seriesQuery(api, key, measure)),
  ]);
  if ("error" in rows) {
    return <PageError error={rows.error} back={{ href: historyHref(key), name: "Latest versions" }} />;
  }
  const [{ trashDays }] = await Promise.all([
    serverInfo(),
    prefetchProducers(rows.data),
    from !== null && cache.prefetchQuery(newerQuery(api, key, rows.data[0]?.version ?? 0)),
  ]);

  return (
    <Hydrated>
      <KeyHeader artifactKey={key} trashDays={trashDays}>
        <ChartChoice artifactKey={key} view={view} measures={measures} type={latest.data.type} />
      </KeyHeader>
      {measure && (
        <SeriesChart
          artifactKey={key}
          view={view}
          measure={measure}
          type={latest.data.type}
          open={view.version ?? newest}
        />
      )}
      <div className="mt-6 grid gap-x-8 gap-y-8 lg:grid-cols-[19rem_minmax(0,1fr)]">
        <div
          data-scrolls
          className="min-w-0 max-lg:order-2 lg:sticky lg:top-16 lg:-mx-1 lg:max-h-[calc(100dvh-5rem)] lg:self-start lg:overflow-y-auto lg:px-1 lg:pb-2"
        >
          <History artifactKey={key} view={view} latest={newest} />
        </div>
        {view.version === null ? (
          <LatestPanel artifactKey={key} size={latest.data.size} />
        ) : (
          <NumberedPanel artifactKey={key} version={view.version} />
        )}
      </div>
    </Hydrated>
  );
}

const BACK = { href: "/artifacts", name: "All artifacts" };

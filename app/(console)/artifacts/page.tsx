import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { answerOf, api, Hydrated, queryClient, reached } from "#app/_data/server";
import { Failed } from "../failed";
import { prefetchProducers } from "../prefetch";
import { AllVersions } from "./all-versions";
import { FilterBar } from "./filter-bar";
import { LatestKeys } from "./latest-keys";
import { countQuery, latestQuery, versionsQuery } from "./queries";
import { ScopeTabs } from "./scope-tabs";
import { Total } from "./total";
import { loadView, scopeOf } from "./view";

export const metadata: Metadata = { title: "Artifacts" };

export default async function ArtifactsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const view = await loadView(searchParams);
  const latest = scopeOf(view) === "latest";
  const cache = queryClient();
  const [page] = await Promise.all([
    answerOf(latest ? cache.fetchQuery(latestQuery(api, view)) : cache.fetchQuery(versionsQuery(api, view))),
    cache.prefetchQuery(countQuery(api, view)),
  ]);
  if ("failure" in page) return <Failed failure={page.failure} back={{ href: "/artifacts", name: "All artifacts" }} />;
  await prefetchProducers(page.data.items);
  const server = await reached();

  return (
    <Hydrated>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <h1 className="font-semibold text-xl tracking-tight">Artifacts</h1>
        <Total view={view} />
        <div className="w-full sm:ml-auto sm:w-auto">
          <ScopeTabs view={view} />
        </div>
      </div>
      <FilterBar />
      {latest ? <LatestKeys view={view} server={server} /> : <AllVersions view={view} server={server} />}
    </Hydrated>
  );
}

import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { api, Hydrated, queryClient, resultOf } from "#app/_data/server";
import type { FlowRun } from "#contract/flow-run";
import { deploymentsQuery, distinct, flowsQuery } from "../_list/producer-queries";
import { PageError } from "../_shell/page-error";
import { deploymentChoicesQuery, flowChoicesQuery, runsCountQuery, runsQuery } from "./queries";
import { RunFilter } from "./run-filter";
import { RunList, RunTotal } from "./run-list";
import { loadRuns } from "./view";

export const metadata: Metadata = { title: "Runs" };

export default async function RunsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const view = await loadRuns(searchParams);
  const now = Date.now();
  const cache = queryClient();
  const [page] = await Promise.all([
    resultOf(cache.fetchQuery(runsQuery(api, view, now))),
    cache.prefetchQuery(runsCountQuery(api, view, now)),
    cache.prefetchQuery(flowChoicesQuery(api)),
    cache.prefetchQuery(deploymentChoicesQuery(api, view.flow)),
  ]);
  if ("error" in page) return <PageError error={page.error} back={{ href: "/runs", name: "All runs" }} />;
  await prefetchNames(page.data.items);
  return (
    <Hydrated>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <h1 className="font-semibold text-xl tracking-tight">Runs</h1>
        <RunTotal view={view} now={now} />
      </div>
      <RunFilter />
      <RunList view={view} now={now} />
    </Hydrated>
  );
}

/** Prefetches the flows and deployments that the list of these runs names. */
async function prefetchNames(runs: FlowRun[]): Promise<void> {
  const cache = queryClient();
  const flowIds = distinct(runs.map((run) => run.flowId));
  const deploymentIds = distinct(runs.map((run) => run.deploymentId));
  await Promise.all([
    flowIds.length > 0 && cache.prefetchQuery(flowsQuery(api, flowIds)),
    deploymentIds.length > 0 && cache.prefetchQuery(deploymentsQuery(api, deploymentIds)),
  ]);
}

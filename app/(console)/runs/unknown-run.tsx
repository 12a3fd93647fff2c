import { notFound } from "next/navigation";
import { api, Hydrated, queryClient, resultOf } from "#app/_data/server";
import { Notice } from "#app/_ui/notice";
import { prefetchProducers } from "../_list/prefetch-producers";
import { prefetchTrends } from "../_list/trends/prefetch-trends";
import { PastRuns } from "./past-runs";
import { type RunArtifactsView, type RunRef, runArtifactsQuery } from "./queries";
import { RunArtifacts } from "./run-artifacts";
import { RunLayout } from "./run-layout";

/** The page of a run that was deleted or never reported: its artifacts, or "not found" where it has none. */
export async function unknownRunPage(run: RunRef, view: RunArtifactsView) {
  const artifacts = await resultOf(queryClient().fetchQuery(runArtifactsQuery(api, run, view)));
  if ("error" in artifacts || artifacts.data.items.length === 0) notFound();
  await Promise.all([prefetchProducers(artifacts.data.items, { tasks: true }), prefetchTrends(artifacts.data.items)]);
  const [kind, path, id] =
    "flowRunId" in run ? ["Flow run", "flow-run", run.flowRunId] : ["Task run", "task-run", run.taskRunId];
  return (
    <Hydrated>
      <PastRuns asOf={view.asOf} nowHref={`/runs/${path}/${id}`} />
      <RunLayout name={id.slice(0, 8)} state={null} crumbs={[]} facts={null}>
        <Notice>
          {kind} <span className="break-all font-mono text-xs">{id}</span> was deleted, or never reported to this
          server. Its artifacts are listed below.
        </Notice>
        <RunArtifacts run={run} view={view} href={`/runs/${path}/${id}`} />
      </RunLayout>
    </Hydrated>
  );
}

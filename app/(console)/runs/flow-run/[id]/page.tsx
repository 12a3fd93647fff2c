import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { api, Hydrated, queryClient, resultOf } from "#app/_data/server";
import { prefetchProducers } from "../../../_list/prefetch-producers";
import { deploymentsQuery, flowsQuery } from "../../../_list/producer-queries";
import { prefetchTrends } from "../../../_list/trends/prefetch-trends";
import { PageError } from "../../../_shell/page-error";
import { PastRuns } from "../../past-runs";
import { flowRunQuery, runArtifactsQuery, taskRunsOfQuery } from "../../queries";
import { unknownRunPage } from "../../unknown-run";
import { loadRunArtifacts } from "../../view";
import { FlowRunView } from "./flow-run-view";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

async function readRun({ params }: Props) {
  const { id } = await params;
  return resultOf(queryClient().fetchQuery(flowRunQuery(api, decodeURIComponent(id))));
}

export default async function FlowRunPage(props: Props) {
  const [run, view] = await Promise.all([readRun(props), loadRunArtifacts(props.searchParams)]);
  if ("error" in run) {
    if (run.error.code === "BAD_REQUEST") notFound();
    if (run.error.code === "NOT_FOUND") {
      return unknownRunPage({ flowRunId: (await props.params).id.toLowerCase() }, view);
    }
    return <PageError error={run.error} back={{ href: "/runs", name: "All runs" }} />;
  }
  const { id, flowId, deploymentId } = run.data;
  const cache = queryClient();
  const [artifacts] = await Promise.all([
    resultOf(cache.fetchQuery(runArtifactsQuery(api, { flowRunId: id }, view))),
    cache.prefetchQuery(taskRunsOfQuery(api, id)),
    cache.prefetchQuery(flowsQuery(api, [flowId])),
    deploymentId && cache.prefetchQuery(deploymentsQuery(api, [deploymentId])),
  ]);
  if ("error" in artifacts) {
    return <PageError error={artifacts.error} back={{ href: `/runs/flow-run/${id}`, name: "Back to run" }} />;
  }
  await Promise.all([prefetchProducers(artifacts.data.items, { tasks: true }), prefetchTrends(artifacts.data.items)]);
  return (
    <Hydrated>
      <PastRuns asOf={view.asOf} nowHref={`/runs/flow-run/${id}`} />
      <FlowRunView id={id} view={view} />
    </Hydrated>
  );
}

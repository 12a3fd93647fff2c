import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { api, Hydrated, queryClient, resultOf } from "#app/_data/server";
import { prefetchProducers } from "../../../_list/prefetch-producers";
import { deploymentsQuery, flowsQuery } from "../../../_list/producer-queries";
import { prefetchTrends } from "../../../_list/trends/prefetch-trends";
import { PageError } from "../../../_shell/page-error";
import { flowRunQuery, runArtifactsQuery, taskRunsOfQuery } from "../../queries";
import { unknownRunPage } from "../../unknown-run";
import { loadArtifactsCursor } from "../../view";
import { FlowRunView } from "./flow-run-view";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

async function readRun({ params }: Props) {
  const { id } = await params;
  return resultOf(queryClient().fetchQuery(flowRunQuery(api, decodeURIComponent(id))));
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const run = await readRun(props);
  return { title: "error" in run ? "Flow run" : run.data.name };
}

export default async function FlowRunPage(props: Props) {
  const [run, { cursor }] = await Promise.all([readRun(props), loadArtifactsCursor(props.searchParams)]);
  if ("error" in run) {
    if (run.error.code === "BAD_REQUEST") notFound();
    if (run.error.code === "NOT_FOUND") {
      return unknownRunPage({ flowRunId: (await props.params).id.toLowerCase() }, cursor);
    }
    return <PageError error={run.error} back={{ href: "/runs", name: "All runs" }} />;
  }
  const { id, flowId, deploymentId } = run.data;
  const cache = queryClient();
  const [artifacts] = await Promise.all([
    resultOf(cache.fetchQuery(runArtifactsQuery(api, { flowRunId: id }, cursor))),
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
      <FlowRunView id={id} cursor={cursor} />
    </Hydrated>
  );
}

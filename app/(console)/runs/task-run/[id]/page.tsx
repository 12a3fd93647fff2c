import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { api, Hydrated, queryClient, resultOf } from "#app/_data/server";
import { flowRunsQuery } from "../../../_list/producer-queries";
import { prefetchTrends } from "../../../_list/trends/prefetch-trends";
import { PageError } from "../../../_shell/page-error";
import { PastRuns } from "../../past-runs";
import { runArtifactsQuery, taskRunQuery } from "../../queries";
import { unknownRunPage } from "../../unknown-run";
import { loadRunArtifacts } from "../../view";
import { TaskRunView } from "./task-run-view";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

async function readRun({ params }: Props) {
  const { id } = await params;
  return resultOf(queryClient().fetchQuery(taskRunQuery(api, decodeURIComponent(id))));
}

export default async function TaskRunPage(props: Props) {
  const [run, view] = await Promise.all([readRun(props), loadRunArtifacts(props.searchParams)]);
  if ("error" in run) {
    if (run.error.code === "BAD_REQUEST") notFound();
    if (run.error.code === "NOT_FOUND") {
      return unknownRunPage({ taskRunId: (await props.params).id.toLowerCase() }, view);
    }
    return <PageError error={run.error} back={{ href: "/runs", name: "All runs" }} />;
  }
  const { id, flowRunId } = run.data;
  const cache = queryClient();
  const [artifacts] = await Promise.all([
    resultOf(cache.fetchQuery(runArtifactsQuery(api, { taskRunId: id }, view))),
    flowRunId && cache.prefetchQuery(flowRunsQuery(api, [flowRunId])),
  ]);
  if ("error" in artifacts) {
    return <PageError error={artifacts.error} back={{ href: `/runs/task-run/${id}`, name: "Back to run" }} />;
  }
  await prefetchTrends(artifacts.data.items);
  return (
    <Hydrated>
      <PastRuns asOf={view.asOf} nowHref={`/runs/task-run/${id}`} />
      <TaskRunView id={id} view={view} />
    </Hydrated>
  );
}

import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { answerOf, api, Hydrated, queryClient } from "#app/_data/server";
import { prefetchProducers } from "../../../_list/prefetch";
import { deploymentsQuery, flowsQuery } from "../../../_list/producer-queries";
import { Failed } from "../../../_shell/page-error";
import { flowRunQuery, producedQuery, taskRunsOfQuery } from "../../queries";
import { Forgotten } from "../../unknown-run";
import { loadProduced } from "../../view";
import { FlowRunView } from "./flow-run-view";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

async function answer({ params }: Props) {
  const { id } = await params;
  return answerOf(queryClient().fetchQuery(flowRunQuery(api, decodeURIComponent(id))));
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const read = await answer(props);
  return { title: "failure" in read ? "Flow run" : read.data.name };
}

export default async function FlowRunPage(props: Props) {
  const [read, { cursor }] = await Promise.all([answer(props), loadProduced(props.searchParams)]);
  if ("failure" in read) {
    if (read.failure.code === "BAD_REQUEST") notFound();
    if (read.failure.code === "NOT_FOUND") return forgotten((await props.params).id.toLowerCase(), cursor);
    return <Failed failure={read.failure} back={{ href: "/runs", name: "All runs" }} />;
  }
  const { id, flowId, deploymentId } = read.data;
  const cache = queryClient();
  const [produced] = await Promise.all([
    answerOf(cache.fetchQuery(producedQuery(api, { flowRunId: id }, cursor))),
    cache.prefetchQuery(taskRunsOfQuery(api, id)),
    cache.prefetchQuery(flowsQuery(api, [flowId])),
    deploymentId && cache.prefetchQuery(deploymentsQuery(api, [deploymentId])),
  ]);
  if ("failure" in produced) {
    return <Failed failure={produced.failure} back={{ href: `/runs/flow-run/${id}`, name: "Back to the run" }} />;
  }
  await prefetchProducers(produced.data.items, { tasks: true });
  return (
    <Hydrated>
      <FlowRunView id={id} cursor={cursor} />
    </Hydrated>
  );
}

/** Of a run that is not known, what it produced; where that is nothing either, it is not there. */
async function forgotten(id: string, cursor: string) {
  const run = { flowRunId: id };
  const produced = await answerOf(queryClient().fetchQuery(producedQuery(api, run, cursor)));
  if ("failure" in produced || produced.data.items.length === 0) notFound();
  await prefetchProducers(produced.data.items, { tasks: true });
  return (
    <Hydrated>
      <Forgotten run={run} cursor={cursor} here={`/runs/flow-run/${id}`} />
    </Hydrated>
  );
}

import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { answerOf, api, Hydrated, queryClient } from "#app/_data/server";
import { Failed } from "../../../failed";
import { deploymentsQuery, flowsQuery } from "../../../producer-queries";
import { flowRunQuery, producedQuery, taskRunsOfQuery } from "../../queries";
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
    if (read.failure.code === "NOT_FOUND" || read.failure.code === "BAD_REQUEST") notFound();
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
  return (
    <Hydrated>
      <FlowRunView id={id} cursor={cursor} />
    </Hydrated>
  );
}

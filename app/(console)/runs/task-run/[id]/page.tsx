import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { api, Hydrated, queryClient, resultOf } from "#app/_data/server";
import { prefetchProducers } from "../../../_list/prefetch";
import { flowRunsQuery } from "../../../_list/producer-queries";
import { PageError } from "../../../_shell/page-error";
import { producedQuery, taskRunQuery } from "../../queries";
import { Forgotten } from "../../unknown-run";
import { loadProduced } from "../../view";
import { TaskRunView } from "./task-run-view";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

async function answer({ params }: Props) {
  const { id } = await params;
  return resultOf(queryClient().fetchQuery(taskRunQuery(api, decodeURIComponent(id))));
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const read = await answer(props);
  return { title: "error" in read ? "Task run" : read.data.name };
}

export default async function TaskRunPage(props: Props) {
  const [read, { cursor }] = await Promise.all([answer(props), loadProduced(props.searchParams)]);
  if ("error" in read) {
    if (read.error.code === "BAD_REQUEST") notFound();
    if (read.error.code === "NOT_FOUND") return forgotten((await props.params).id.toLowerCase(), cursor);
    return <PageError error={read.error} back={{ href: "/runs", name: "All runs" }} />;
  }
  const { id, flowRunId } = read.data;
  const cache = queryClient();
  const [produced] = await Promise.all([
    resultOf(cache.fetchQuery(producedQuery(api, { taskRunId: id }, cursor))),
    flowRunId && cache.prefetchQuery(flowRunsQuery(api, [flowRunId])),
  ]);
  if ("error" in produced) {
    return <PageError error={produced.error} back={{ href: `/runs/task-run/${id}`, name: "Back to the run" }} />;
  }
  return (
    <Hydrated>
      <TaskRunView id={id} cursor={cursor} />
    </Hydrated>
  );
}

/** Of a run that is not known, what it produced; where that is nothing either, it is not there. */
async function forgotten(id: string, cursor: string) {
  const run = { taskRunId: id };
  const produced = await resultOf(queryClient().fetchQuery(producedQuery(api, run, cursor)));
  if ("error" in produced || produced.data.items.length === 0) notFound();
  await prefetchProducers(produced.data.items, { tasks: true });
  return (
    <Hydrated>
      <Forgotten run={run} cursor={cursor} here={`/runs/task-run/${id}`} />
    </Hydrated>
  );
}

import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { api, Hydrated, queryClient, resultOf } from "#app/_data/server";
import { timeOf } from "#contract/list-filter/list-query";
import { prefetchProducers } from "../../../_list/prefetch-producers";
import { prefetchTrends } from "../../../_list/trends/prefetch-trends";
import { PageError } from "../../../_shell/page-error";
import {
  chartSpan,
  flowDeploymentsQuery,
  flowHistoryQuery,
  flowKeysQuery,
  flowQuery,
  flowRunsQuery,
} from "../../flow-queries";
import { PastRuns } from "../../past-runs";
import { prefetchRunDetails } from "../../prefetch-run-details";
import { loadRunArtifacts } from "../../view";
import { FlowView } from "./flow-view";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

async function readFlow({ params }: Props) {
  const { id } = await params;
  return resultOf(queryClient().fetchQuery(flowQuery(api, decodeURIComponent(id))));
}

export default async function FlowPage(props: Props) {
  const [flow, { asOf }] = await Promise.all([readFlow(props), loadRunArtifacts(props.searchParams)]);
  if ("error" in flow) {
    const { error } = flow;
    if (error.code === "BAD_REQUEST" || error.code === "NOT_FOUND") notFound();
    return <PageError error={error} back={{ href: "/runs", name: "All runs" }} />;
  }
  const { id } = flow.data;
  const cache = queryClient();
  const back = { href: `/runs/flow/${id}`, name: "Back to flow" };
  const [runs, keys, deployments] = await Promise.all([
    resultOf(cache.fetchQuery(flowRunsQuery(api, id, asOf))),
    resultOf(cache.fetchQuery(flowKeysQuery(api, id, asOf))),
    resultOf(cache.fetchQuery(flowDeploymentsQuery(api, id))),
  ]);
  if ("error" in runs) return <PageError error={runs.error} back={back} />;
  if ("error" in keys) return <PageError error={keys.error} back={back} />;
  if ("error" in deployments) return <PageError error={deployments.error} back={back} />;
  const starts = runs.data.items.map((run) => Date.parse(run.startTime ?? run.expectedStartTime ?? run.created));
  const span = chartSpan(starts, timeOf(asOf));
  const [history] = await Promise.all([
    resultOf(cache.fetchQuery(flowHistoryQuery(api, id, span))),
    prefetchRunDetails(runs.data.items),
    prefetchProducers(keys.data.items),
    prefetchTrends(keys.data.items),
  ]);
  if ("error" in history) return <PageError error={history.error} back={back} />;
  return (
    <Hydrated>
      <PastRuns asOf={asOf} nowHref={back.href} />
      <FlowView id={id} span={span} asOf={asOf} />
    </Hydrated>
  );
}

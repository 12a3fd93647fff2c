import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { api, Hydrated, queryClient, resultOf } from "#app/_data/server";
import { prefetchProducers } from "../../../_list/prefetch-producers";
import { flowsQuery } from "../../../_list/producer-queries";
import { prefetchTrends } from "../../../_list/trends/prefetch-trends";
import { PageError } from "../../../_shell/page-error";
import { PastRuns } from "../../past-runs";
import { prefetchRunDetails } from "../../prefetch-run-details";
import { deploymentArtifactsQuery, deploymentQuery, deploymentRunsQuery } from "../../queries";
import { loadRunArtifacts } from "../../view";
import { DeploymentView } from "./deployment-view";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

async function readDeployment({ params }: Props) {
  const { id } = await params;
  return resultOf(queryClient().fetchQuery(deploymentQuery(api, decodeURIComponent(id))));
}

export default async function DeploymentPage(props: Props) {
  const [deployment, { asOf }] = await Promise.all([readDeployment(props), loadRunArtifacts(props.searchParams)]);
  if ("error" in deployment) {
    const { error } = deployment;
    if (error.code === "BAD_REQUEST" || error.code === "NOT_FOUND") notFound();
    return <PageError error={error} back={{ href: "/runs", name: "All runs" }} />;
  }
  const { id, flowId } = deployment.data;
  const cache = queryClient();
  const back = { href: `/runs/deployment/${id}`, name: "Back to deployment" };
  const [runs, artifacts] = await Promise.all([
    resultOf(cache.fetchQuery(deploymentRunsQuery(api, id, asOf))),
    resultOf(cache.fetchQuery(deploymentArtifactsQuery(api, id, asOf))),
    cache.prefetchQuery(flowsQuery(api, [flowId])),
  ]);
  if ("error" in runs) return <PageError error={runs.error} back={back} />;
  if ("error" in artifacts) return <PageError error={artifacts.error} back={back} />;
  await Promise.all([
    prefetchRunDetails(runs.data.items),
    prefetchProducers(artifacts.data.items),
    prefetchTrends(artifacts.data.items),
  ]);
  return (
    <Hydrated>
      <PastRuns asOf={asOf} nowHref={back.href} />
      <DeploymentView id={id} asOf={asOf} />
    </Hydrated>
  );
}

import type { SearchParams } from "nuqs/server";
import { api, Hydrated, queryClient, resultOf } from "#app/_data/server";
import { Title } from "#app/brand";
import { timeOf } from "#contract/list-filter/list-query";
import { PageError } from "../_shell/page-error";
import { PastRuns } from "./past-runs";
import { prefetchRunDetails } from "./prefetch-run-details";
import { runsCountQuery, runsQuery } from "./queries";
import { RunFilter } from "./run-filter";
import { RunList, RunTotal } from "./run-list";
import { loadRuns, runsHref } from "./view";
import { runsWhere } from "./where";

export default async function RunsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const view = await loadRuns(searchParams);
  const where = runsWhere(view, timeOf(view.asOf));
  const cache = queryClient();
  const [page] = await Promise.all([
    resultOf(cache.fetchQuery(runsQuery(api, view, where))),
    cache.prefetchQuery(runsCountQuery(api, where)),
  ]);
  if ("error" in page) return <PageError error={page.error} back={{ href: "/runs", name: "All runs" }} />;
  await prefetchRunDetails(page.data.items);
  return (
    <Hydrated>
      <Title>Runs</Title>
      <PastRuns asOf={view.asOf} nowHref={runsHref({ ...view, asOf: "", cursor: "" })} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <h1 className="font-semibold text-xl tracking-tight">Runs</h1>
        <RunTotal where={where} />
      </div>
      <RunFilter />
      <RunList view={view} where={where} />
    </Hydrated>
  );
}

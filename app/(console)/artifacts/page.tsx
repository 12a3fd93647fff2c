import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { SearchParams } from "nuqs/server";
import { api, Hydrated, queryClient, resultOf, serverInfo } from "#app/_data/server";
import { prefetchProducers } from "../_list/prefetch";
import { PageError } from "../_shell/page-error";
import { AllVersions } from "./_listing/all-versions";
import { FilterBar } from "./_listing/filter/filter-bar";
import { LatestKeys } from "./_listing/latest-keys";
import { countQuery, latestQuery, versionsQuery } from "./_listing/queries";
import { ScopeTabs } from "./_listing/scope-tabs";
import { Total } from "./_listing/total";
import { hrefOf, loadView, SHOWN_AS, SHOWN_AS_COOKIE, scopeOf } from "./_listing/view";

export const metadata: Metadata = { title: "Artifacts" };

export default async function ArtifactsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const asked = Date.now();
  const view = await loadView(searchParams);
  const remembered = (await cookies()).get(SHOWN_AS_COOKIE)?.value;
  const as = view.show ?? SHOWN_AS.find((each) => each === remembered) ?? "list";
  const latest = scopeOf(view) === "latest";
  const cache = queryClient();
  const [page] = await Promise.all([
    resultOf(latest ? cache.fetchQuery(latestQuery(api, view)) : cache.fetchQuery(versionsQuery(api, view))),
    cache.prefetchQuery(countQuery(api, view)),
  ]);
  if ("error" in page) return <PageError error={page.error} back={{ href: "/artifacts", name: "All artifacts" }} />;
  await prefetchProducers(page.data.items);
  const shown = { view, as, asked, server: await serverInfo() };
  // Another question is another list: nothing of the one before stays in its place.
  const question = hrefOf({ ...view, show: null });

  return (
    <Hydrated>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <h1 className="font-semibold text-xl tracking-tight">Artifacts</h1>
        <Total view={view} />
        <div className="w-full sm:ml-auto sm:w-auto">
          <ScopeTabs view={view} />
        </div>
      </div>
      <FilterBar as={as} />
      {latest ? <LatestKeys key={question} {...shown} /> : <AllVersions key={question} {...shown} />}
    </Hydrated>
  );
}

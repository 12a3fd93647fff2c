import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { SearchParams } from "nuqs/server";
import { api, Hydrated, queryClient, resultOf, serverInfo } from "#app/_data/server";
import { DISPLAY_COOKIE, parseDisplay } from "../_list/columns/display-cookie";
import { prefetchProducers } from "../_list/prefetch-producers";
import { prefetchTrends } from "../_list/trends/prefetch-trends";
import { PageError } from "../_shell/page-error";
import { AllVersions, LatestVersions } from "./_listing/artifact-lists";
import { DisplayMenu } from "./_listing/display-menu";
import { FilterBar } from "./_listing/filter/filter-bar";
import { ListHeader, ListTools } from "./_listing/list-header";
import { PublishFile } from "./_listing/publish-file/publish-file";
import { countQuery, foldersQuery, latestQuery, pinnedQuery, versionsQuery } from "./_listing/queries";
import { folderOf, LAYOUT_COOKIE, LAYOUTS, loadView, scopeOf } from "./_listing/view";
import { whereOf } from "./_listing/where";
import { pinsQuery } from "./_pins/pins";

export const metadata: Metadata = { title: "Artifacts" };

export default async function ArtifactsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const renderedAt = Date.now();
  const view = await loadView(searchParams);
  const where = whereOf(view, renderedAt);
  const folder = folderOf(view);
  const choices = await cookies();
  const lastLayout = choices.get(LAYOUT_COOKIE)?.value;
  const layout = view.show ?? LAYOUTS.find((each) => each === lastLayout) ?? "list";
  const display = layout === "list" ? parseDisplay(choices.get(DISPLAY_COOKIE)?.value) : null;
  const latest = scopeOf(view) === "latest";
  const cache = queryClient();
  const [page, pinned] = await Promise.all([
    resultOf(
      latest ? cache.fetchQuery(latestQuery(api, view, where)) : cache.fetchQuery(versionsQuery(api, view, where)),
    ),
    latest ? resultOf(cache.fetchQuery(pinnedQuery(api, view, where))) : null,
    cache.prefetchQuery(pinsQuery(api)),
    cache.prefetchQuery(countQuery(api, view, where)),
    folder !== null && cache.prefetchQuery(foldersQuery(api, folder, whereOf({ ...view, folder: null }, renderedAt))),
  ]);
  if ("error" in page) return <PageError error={page.error} back={{ href: "/artifacts", name: "All artifacts" }} />;
  const rows = [...(pinned && "data" in pinned ? pinned.data.items : []), ...page.data.items];
  await Promise.all([prefetchProducers(rows), prefetchTrends(rows)]);
  const server = await serverInfo();
  const props = { view, where, layout, display, renderedAt, server };

  return (
    <Hydrated>
      <ListHeader
        view={view}
        where={where}
        menu={
          <>
            {layout === "list" && <DisplayMenu display={display} />}
            <PublishFile maxData={server.maxData}>
              <span className="max-lg:sr-only">Publish file</span>
            </PublishFile>
          </>
        }
      />
      <ListTools view={view} where={where}>
        <FilterBar layout={layout} />
      </ListTools>
      {latest ? <LatestVersions {...props} /> : <AllVersions {...props} />}
    </Hydrated>
  );
}

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import type { ApiError } from "#app/_data/error";
import { api, Hydrated, queryClient, resultOf, serverInfo } from "#app/_data/server";
import { Title } from "#app/brand";
import { folderOf, timeOf } from "#contract/list-filter/list-query";
import { whereOf } from "#contract/list-filter/list-where";
import { parseQuery } from "#contract/query/parse";
import { freeText } from "#contract/query/terms";
import type { SavedView } from "#contract/view";
import { DISPLAY_COOKIE, parseDisplay } from "../_list/columns/display-cookie";
import { prefetchProducers } from "../_list/prefetch-producers";
import { prefetchTrends } from "../_list/trends/prefetch-trends";
import { PastBanner } from "../_past/past-banner";
import { PageError } from "../_shell/page-error";
import { AllVersions, LatestVersions } from "./_listing/artifact-lists";
import { DisplayMenu } from "./_listing/display-menu";
import { FilterBar } from "./_listing/filter/filter-bar";
import { ListHeader, ListTools } from "./_listing/list-header";
import { PublishFile } from "./_listing/publish-file/publish-file";
import { countQuery, foldersQuery, latestQuery, pinnedQuery, versionsQuery } from "./_listing/queries";
import { displayOf, hrefOf, LAYOUT_COOKIE, LAYOUTS, loadView, scopeOf, type View } from "./_listing/view";
import { savedHref } from "./_listing/views/saved-view";
import { ViewBar, ViewDisplay } from "./_listing/views/view-bar";
import { pinsQuery } from "./_pins/pins";
import { unreadKeysQuery, unreadQuery } from "./_unread/queries";

const BACK = { href: "/artifacts?view=none", name: "All artifacts" };

/** The list where its query has a problem, which the box shows: in the same places, so that the box keeps the focus once the query is corrected. */
function InvalidQuery({ view, hasDefault }: { view: View; hasDefault: boolean }) {
  return (
    <Hydrated>
      <Title>Artifacts</Title>
      <ViewDisplay view={view}>
        {null}
        <h1 className="font-semibold text-xl tracking-tight">Artifacts</h1>
        {null}
        <ListTools view={view} where={undefined} isInvalid>
          <FilterBar layout="list" display={null} hasDefault={hasDefault} isInvalid />
        </ListTools>
        {/* Below what the box says about the error. */}
        <p className="rounded-lg border border-dashed border-edge px-4 pt-32 pb-16 text-center text-soft text-sm">
          The query has an error, and finds nothing until it is corrected.
        </p>
      </ViewDisplay>
    </Hydrated>
  );
}

export default async function ArtifactsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const parameters = await searchParams;
  const linked = loadView(parameters);
  const preferred = linked.view === "" ? await defaultView() : null;
  // Only the address without parameters opens it: links to lists stay what they say.
  if (preferred && Object.keys(parameters).length === 0) redirect(savedHref(preferred));
  const hasDefault = preferred !== null;
  // Its links say that no view is open, so that the last condition that is cleared does not open the default.
  const view = hasDefault ? { ...linked, view: "none" } : linked;
  if (parseQuery(view.q).problem) return <InvalidQuery view={view} hasDefault={hasDefault} />;
  const isPast = view.asOf !== "";
  const renderedAt = timeOf(view.asOf);
  const where = whereOf(view, renderedAt);
  const folder = folderOf(view);
  const folderWhere = folder === null ? undefined : whereOf({ ...view, folder: null }, renderedAt);
  const choices = await cookies();
  const lastLayout = choices.get(LAYOUT_COOKIE)?.value;
  const chosen = view.show ?? LAYOUTS.find((each) => each === lastLayout) ?? "list";
  const layout = isPast ? "list" : chosen;
  const display = layout === "list" ? displayOf(view, parseDisplay(choices.get(DISPLAY_COOKIE)?.value)) : null;
  const latest = scopeOf(view) === "latest";
  const cache = queryClient();
  const [page, pinned, saved, known] = await Promise.all([
    resultOf(
      latest ? cache.fetchQuery(latestQuery(api, view, where)) : cache.fetchQuery(versionsQuery(api, view, where)),
    ),
    latest ? resultOf(cache.fetchQuery(pinnedQuery(api, view, where))) : null,
    savedView(view.view),
    isPast ? cache.fetchQuery(api.collection.knownSince.queryOptions()) : null,
    cache.prefetchQuery(pinsQuery(api)),
    cache.prefetchQuery(countQuery(api, view, where)),
    folder !== null && cache.prefetchQuery(foldersQuery(api, folder, folderWhere, view)),
  ]);
  if ("error" in page) return <PageError error={page.error} back={BACK} />;
  if ("error" in saved) return <PageError error={saved.error} back={BACK} />;
  // Without them the list would lack keys.
  if (pinned && "error" in pinned) return <PageError error={pinned.error} back={BACK} />;
  const rows = [...(pinned?.data.items ?? []), ...page.data.items];
  const keys = latest ? rows.flatMap(({ key }) => key ?? []) : [];
  await Promise.all([
    prefetchProducers(rows),
    !isPast && prefetchTrends(rows),
    !isPast && latest && cache.prefetchQuery(unreadQuery(api)),
    !isPast && keys.length > 0 && cache.prefetchQuery(unreadKeysQuery(api, keys)),
  ]);
  const server = await serverInfo();
  const props = { view, where, find: freeText(view.q), layout, display, renderedAt, server };

  return (
    <Hydrated>
      <Title>Artifacts</Title>
      <ViewDisplay view={view}>
        {isPast && <PastBanner asOf={view.asOf} known={known} nowHref={hrefOf({ ...view, asOf: "", cursor: "" })} />}
        <ListHeader
          view={view}
          where={where}
          menu={
            <>
              {layout === "list" && <DisplayMenu display={display} />}
              {!isPast && (
                <PublishFile maxData={server.maxData}>
                  <span className="max-lg:sr-only">Publish file</span>
                </PublishFile>
              )}
            </>
          }
        />
        <ViewBar view={view} saved={saved.data} />
        <ListTools view={view} where={where} isInvalid={false}>
          <FilterBar layout={layout} display={display} hasDefault={hasDefault} isInvalid={false} />
        </ListTools>
        {latest ? <LatestVersions {...props} folderWhere={folderWhere} /> : <AllVersions {...props} />}
      </ViewDisplay>
    </Hydrated>
  );
}

/** The view that the reader's list opens with; null for none. */
function defaultView(): Promise<SavedView | null> {
  return queryClient().fetchQuery(api.view.default.queryOptions());
}

/** The view of an id; undefined where none is open, null where there is none that the reader may see. */
async function savedView(id: string): Promise<{ data: SavedView | null | undefined } | { error: ApiError }> {
  if (id === "" || id === "none") return { data: undefined };
  const result = await resultOf(queryClient().fetchQuery(api.view.read.queryOptions({ id })));
  const isMissing = "error" in result && (result.error.code === "NOT_FOUND" || result.error.code === "BAD_REQUEST");
  return isMissing ? { data: null } : result;
}

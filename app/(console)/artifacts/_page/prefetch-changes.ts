import { createQueryClient } from "#app/_data/query-client";
import { api, queryClient, resultOf } from "#app/_data/server";
import type { Artifact } from "#contract/artifact";
import type { TabName } from "../../_list/artifact-url";
import { changesKey, lastEditQuery, PAGE } from "./changes/queries";

/** Prefetches the line about the last edit of a version, and its changes where their tab is open. */
export async function prefetchChanges(artifact: Artifact, tab: TabName): Promise<void> {
  const { id, created, updated } = artifact;
  await Promise.all([
    updated !== created && queryClient().prefetchQuery(lastEditQuery(api, id)),
    tab === "changes" && prefetchFirstPage(id),
  ]);
}

async function prefetchFirstPage(id: string): Promise<void> {
  // The options of tRPC for pages add an input that procedures refuse. A cache of its own keeps the page from being sent twice.
  const page = await resultOf(createQueryClient().fetchQuery(api.artifact.history.queryOptions({ id, limit: PAGE })));
  if ("error" in page) return;
  queryClient().setQueryData(changesKey({ id, key: null }), { pages: [page.data], pageParams: [null] });
}

import type { Api } from "#app/_data/client";
import { pageInput, scopeOf, type View, whereOf } from "./view";

/** Beyond this a count says "more than". */
export const COUNT_LIMIT = 10_000;

/** A page of the latest version of each key. */
export function latestQuery(api: Api, view: View) {
  return api.collection.page.queryOptions(pageInput(view));
}

/** A page of versions, whatever their key. */
export function versionsQuery(api: Api, view: View) {
  return api.artifact.page.queryOptions(pageInput(view));
}

/** How many rows a view has in all, at most one more than COUNT_LIMIT. */
export function countQuery(api: Api, view: View) {
  const input = { where: whereOf(view), atMost: COUNT_LIMIT };
  return scopeOf(view) === "latest"
    ? { ...api.collection.count.queryOptions(input) }
    : { ...api.artifact.count.queryOptions(input) };
}

/** What the rows of a view have in common: types, flows, deployments, states and tags, with counts. */
export function facetsQuery(api: Api, view: View) {
  const input = { where: whereOf(view) };
  const options =
    scopeOf(view) === "latest"
      ? { ...api.collection.facets.queryOptions(input) }
      : { ...api.artifact.facets.queryOptions(input) };
  return { ...options, staleTime: 30_000, refetchInterval: 60_000 };
}

/** One version without its data: one row, or none where it does not live. */
export function rowQuery(api: Api, id: string) {
  return api.artifact.list.queryOptions({ where: { artifacts: { id: { any: [id] } } }, limit: 1 });
}

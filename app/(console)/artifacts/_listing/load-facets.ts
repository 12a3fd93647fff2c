import type { useClient } from "#app/_data/client";
import { loadCode } from "#app/_data/connection";
import { timeOf } from "#contract/list-filter/list-query";
import type { Facets } from "#contract/paging";
import { scopeOf, type View } from "./view";

/** What the rows of a view have in common. */
export async function loadFacets(client: ReturnType<typeof useClient>, view: View): Promise<Facets> {
  // The page has the filter of its view from the server.
  const { whereOf } = await loadCode(() => import("#contract/list-filter/list-where"));
  const input = { where: whereOf(view, timeOf(view.asOf)), asOf: view.asOf || undefined };
  return scopeOf(view) === "latest" ? client.collection.facets.query(input) : client.artifact.facets.query(input);
}

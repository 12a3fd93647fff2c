import type { useClient } from "#app/_data/client";
import { timeOf, whereOf } from "#contract/list-filter/list-query";
import type { Facets } from "#contract/paging";
import { scopeOf, type View } from "./view";

/** What the rows of a view have in common. */
export function loadFacets(client: ReturnType<typeof useClient>, view: View): Promise<Facets> {
  const input = { where: whereOf(view, timeOf(view.asOf)), asOf: view.asOf || undefined };
  return scopeOf(view) === "latest" ? client.collection.facets.query(input) : client.artifact.facets.query(input);
}

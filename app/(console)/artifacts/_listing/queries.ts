import type { Api } from "#app/_data/client";
import { MAX_PINS } from "#contract/pin";
import type { Where } from "#contract/where";
import { latestInput, scopeOf, type View, versionsInput } from "./view";

/** Larger counts are displayed as `10,000+`. */
export const COUNT_LIMIT = 10_000;

/** A page of the keys that are not pinned. */
export function latestQuery(api: Api, view: View, where: Where | undefined) {
  return api.collection.page.queryOptions({
    ...latestInput(view, where),
    include: ["preview", "labels"],
    pinned: false,
  });
}

/** The pinned keys of a view, which come before its first page. */
export function pinnedQuery(api: Api, view: View, where: Where | undefined) {
  return api.collection.page.queryOptions({
    ...latestInput({ ...view, cursor: "" }, where),
    include: ["preview", "labels"],
    pinned: true,
    limit: 2 * MAX_PINS,
  });
}

export function versionsQuery(api: Api, view: View, where: Where | undefined) {
  return api.artifact.page.queryOptions({ ...versionsInput(view, where), include: ["preview", "labels"] });
}

/** The folders in the folder of a view, by the filter of the view without a folder. */
export function foldersQuery(api: Api, folder: string, where: Where | undefined, { asOf }: Pick<View, "asOf">) {
  return api.collection.folders.queryOptions({ folder, where, asOf: asOf || undefined });
}

/** The number of rows of a view on all pages, at most COUNT_LIMIT + 1. */
export function countQuery(api: Api, view: View, where: Where | undefined) {
  const input = { where, atMost: COUNT_LIMIT, asOf: view.asOf || undefined };
  return scopeOf(view) === "latest"
    ? { ...api.collection.count.queryOptions(input) }
    : { ...api.artifact.count.queryOptions(input) };
}

/** One version without its data, as a list of one row, or of none where it does not exist. */
export function rowQuery(api: Api, id: string) {
  return api.artifact.list.queryOptions({ where: { artifacts: { id: { any: [id] } } }, include: ["labels"], limit: 1 });
}

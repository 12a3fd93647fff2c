import type { Api } from "#app/_data/client";
import type { Measure } from "#contract/series";
import { PAGE_SIZE } from "./view";

/** The latest version of a key, with its data. */
export function latestQuery(api: Api, key: string) {
  return api.collection.latest.queryOptions({ key });
}

/** One version of a key by its number, with its data. */
export function numberedQuery(api: Api, key: string, version: number) {
  return api.artifact.read.queryOptions({ key, version });
}

/** The versions of a key from a number down, or the newest; one more than is shown, for what changed in the last. */
export function versionsQuery(api: Api, key: string, from: number | null) {
  const version = from === null ? undefined : { max: from };
  return api.artifact.list.queryOptions({
    where: { artifacts: { key: { any: [key] }, version } },
    limit: PAGE_SIZE + 1,
  });
}

/** The versions next above a number, the oldest first. */
export function newerQuery(api: Api, key: string, above: number) {
  const artifacts = { key: { any: [key] }, version: { min: above + 1 } };
  return api.artifact.list.queryOptions({ where: { artifacts }, sort: "CREATED_ASC", limit: PAGE_SIZE });
}

/** The row of a key, which knows how many versions live; empty where none does. */
export function keyQuery(api: Api, key: string) {
  return api.collection.list.queryOptions({ where: { artifacts: { key: { any: [key] } } }, limit: 1 });
}

/** What is drawn of the versions of a key. */
export function seriesQuery(api: Api, key: string, measure: Measure) {
  return api.collection.series.queryOptions({ key, measure });
}

/** What was removed last of a key: one row, or none. */
export function lastDeletedQuery(api: Api, key: string) {
  return api.trash.list.queryOptions({ where: { key }, limit: 1 });
}

import type { Api } from "#app/_data/client";
import type { Measure } from "#contract/series";
import type { Zoom } from "./chart/zoom";
import { PAGE_SIZE } from "./view";

/** One version of a key with its data. */
export function numberedQuery(api: Api, key: string, version: number) {
  return api.artifact.read.queryOptions({ key, version });
}

/** A page of a key's versions from a number down (null: the latest), and one more to compare the last with. */
export function versionsQuery(api: Api, key: string, from: number | null) {
  const version = from === null ? undefined : { max: from };
  return api.artifact.list.queryOptions({
    where: { artifacts: { key: { any: [key] }, version } },
    limit: PAGE_SIZE + 1,
  });
}

/** Which versions of that page have the data of a version before. */
export function sameDataQuery(api: Api, key: string, from: number | null) {
  return api.collection.sameData.queryOptions({ key, from: from ?? undefined, limit: PAGE_SIZE });
}

/** The next page of versions above a number, oldest first. */
export function newerQuery(api: Api, key: string, above: number) {
  const artifacts = { key: { any: [key] }, version: { min: above + 1 } };
  return api.artifact.list.queryOptions({ where: { artifacts }, sort: "CREATED_ASC", limit: PAGE_SIZE });
}

/** The latest version of a key without its data, with its number of versions; empty when it has none. */
export function keyQuery(api: Api, key: string) {
  return api.collection.list.queryOptions({ where: { artifacts: { key: { any: [key] } } }, limit: 1 });
}

/**
 * The points of a chart, as of a time or now; with `zoom` those between two versions, of which there are more than in the
 * whole chart.
 */
export function seriesQuery(api: Api, key: string, measure: Measure, asOf: string | undefined, zoom?: Zoom) {
  return api.collection.series.queryOptions({ key, measure, ...zoom, asOf });
}

/** The last deleted version of a key, or none. */
export function lastDeletedQuery(api: Api, key: string) {
  return api.trash.list.queryOptions({ where: { key }, limit: 1 });
}

/** The key that a key without versions was renamed to, or null. */
export function renamedQuery(api: Api, key: string) {
  return api.collection.renamedTo.queryOptions({ key });
}

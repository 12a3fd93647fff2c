import type { Api } from "#app/_data/client";
import type { Artifact } from "#contract/artifact";
import { MAX_LIMIT } from "#contract/limits";

/** Two versions without their data; those that do not exist are omitted. */
export function sidesQuery(api: Api, ids: string[]) {
  return api.artifact.list.queryOptions({ where: { artifacts: { id: { any: ids } } }, limit: 2 });
}

/** What a version was before its n-th change, without data, unless that is no longer kept. */
export function revisionQuery(api: Api, id: string, revision: number) {
  return api.artifact.revisions.queryOptions({ id, before: revision + 1, limit: 1 });
}

/** The previous version that exists, or none. */
export function previousQuery(api: Api, { key, version }: Artifact) {
  return api.artifact.list.queryOptions({
    where: { artifacts: { key: { any: key === null ? [] : [key] }, version: { max: (version ?? 1) - 1 } } },
    sort: "CREATED_DESC",
    limit: 1,
  });
}

/** The next version that exists, or none. */
export function nextQuery(api: Api, { key, version }: Artifact) {
  return api.artifact.list.queryOptions({
    where: { artifacts: { key: { any: key === null ? [] : [key] }, version: { min: (version ?? 0) + 1 } } },
    sort: "CREATED_ASC",
    limit: 1,
  });
}

/** The latest versions of the keys that contain a text. */
export function keysQuery(api: Api, contains: string) {
  const artifacts = contains ? { key: { contains } } : undefined;
  return api.collection.list.queryOptions({ where: artifacts && { artifacts }, sort: "KEY_ASC", limit: 50 });
}

/** The newest versions of a key. */
export function newestQuery(api: Api, key: string) {
  return api.artifact.list.queryOptions({ where: { artifacts: { key: { any: [key] } } }, limit: MAX_LIMIT });
}

/** A version of a key, or none. */
export function versionQuery(api: Api, key: string, version: number) {
  const artifacts = { key: { any: [key] }, version: { any: [version] } };
  return api.artifact.list.queryOptions({ where: { artifacts }, limit: 1 });
}

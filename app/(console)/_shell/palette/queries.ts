import type { Api } from "#app/_data/client";
import type { KeyCondition } from "#contract/filter";

const still = { staleTime: 10_000, refetchInterval: false as const };

/** The latest of the first keys that a condition fits. */
export function keysQuery(api: Api, key: KeyCondition) {
  return {
    ...api.collection.list.queryOptions({ where: { artifacts: { key } }, sort: "KEY_ASC", limit: 8 }),
    ...still,
  };
}

/** Flow runs whose name contains a text, the one that started last first. */
export function runsQuery(api: Api, contains: string) {
  return { ...api.flowRun.list.queryOptions({ where: { flowRuns: { name: { contains } } }, limit: 6 }), ...still };
}

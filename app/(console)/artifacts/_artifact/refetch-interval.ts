import { isLive } from "#app/_data/live";
import { REFETCH_INTERVAL } from "#app/_data/query-client";
import type { Artifact } from "#contract/artifact";

/** In milliseconds, without live updates. */
const UNFINISHED_PROGRESS = 1500;
const EMPTY_LIST = 2500;

/** In milliseconds; short for unfinished progress without live updates. */
export function artifactRefetchInterval(artifact: Artifact | undefined): number {
  const isUnfinished = artifact?.type === "progress" && artifact.number !== null && artifact.number < 100;
  return isUnfinished && !isLive() ? UNFINISHED_PROGRESS : REFETCH_INTERVAL;
}

/** In milliseconds; short for an empty list without live updates. */
export function listRefetchInterval(query: { state: { data?: { items: unknown[] } } }): number {
  return query.state.data?.items.length === 0 && !isLive() ? EMPTY_LIST : REFETCH_INTERVAL;
}

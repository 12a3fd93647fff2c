import { useIsLive } from "#app/_data/live";
import { REFETCH_INTERVAL } from "#app/_data/query-client";
import type { Artifact } from "#contract/artifact";

/** In milliseconds, without live updates. */
const UNFINISHED_PROGRESS = 1500;
const EMPTY_LIST = 2500;

interface Result<T> {
  state: { data?: T | undefined };
}

/** In milliseconds; short for unfinished progress without live updates. */
export function useArtifactRefetchInterval(): (query: Result<Artifact>) => number {
  const isLive = useIsLive();
  return ({ state: { data } }) => {
    const isUnfinished = data?.type === "progress" && data.number !== null && data.number < 100;
    return isUnfinished && !isLive ? UNFINISHED_PROGRESS : REFETCH_INTERVAL;
  };
}

/** In milliseconds; short for an empty list without live updates. */
export function useListRefetchInterval(): (query: Result<{ items: unknown[] }>) => number {
  const isLive = useIsLive();
  return ({ state: { data } }) => (data?.items.length === 0 && !isLive ? EMPTY_LIST : REFETCH_INTERVAL);
}

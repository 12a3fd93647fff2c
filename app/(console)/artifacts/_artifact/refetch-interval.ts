import { useIsLive } from "#app/_data/live";
import { REFETCH_INTERVAL } from "#app/_data/query-client";
import type { Artifact } from "#contract/artifact";

/** In milliseconds, without live updates. */
const UNFINISHED_PROGRESS = 1500;
const EMPTY_LIST = 2500;
const UNSEARCHED = 1500;

const MANY_UNSEARCHED = 5_000;

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

/**
 * In milliseconds; short for an empty list without live updates, and while some versions are not searched yet: no message
 * says when they are.
 */
export function useListRefetchInterval(): (query: Result<{ items: unknown[]; pending?: number }>) => number {
  const isLive = useIsLive();
  return ({ state: { data } }) => {
    if (isSoonSearched(data?.pending)) return UNSEARCHED;
    return data?.items.length === 0 && !isLive ? EMPTY_LIST : REFETCH_INTERVAL;
  };
}

/** Whether versions that are not searched yet are so few that they will be soon: after an upgrade all are pending for long. */
function isSoonSearched(pending = 0): boolean {
  return pending > 0 && pending < MANY_UNSEARCHED;
}

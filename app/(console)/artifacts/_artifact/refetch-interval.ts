import { isLive } from "#app/_data/live";
import { REFETCH_INTERVAL } from "#app/_data/query-client";
import type { Artifact } from "#contract/artifact";

const MOVING = 1500;
const WAITING = 2500;

/** How often to ask again for a version: often while it is progress that still moves and the server says nothing. */
export function artifactRefetchInterval(artifact: Artifact | undefined): number {
  const moves = artifact?.type === "progress" && artifact.number !== null && artifact.number < 100;
  return moves && !isLive() ? MOVING : REFETCH_INTERVAL;
}

/** How often to ask again for a list: often while it waits for its first row and the server says nothing. */
export function listRefetchInterval(query: { state: { data?: { items: unknown[] } } }): number {
  return query.state.data?.items.length === 0 && !isLive() ? WAITING : REFETCH_INTERVAL;
}

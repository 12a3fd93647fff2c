import { useQueries } from "@tanstack/react-query";
import { useApi, useClient } from "#app/_data/client";
import { useIsLive } from "#app/_data/live";
import { REFETCH_INTERVAL } from "#app/_data/query-client";
import type { Trend } from "#contract/series";
import { createTrendLoader, keysOf, type LoadTrend, trendQuery } from "./trend-queries";

const loaders = new WeakMap<object, LoadTrend>();

/** The last versions of the keys of rows, by key. */
export function useTrends(rows: { key: string | null }[]): (key: string | null) => Trend | undefined {
  const api = useApi();
  const client = useClient();
  const load = loaders.get(client) ?? createTrendLoader((keys) => client.collection.trends.query({ keys }));
  loaders.set(client, load);
  const keys = keysOf(rows);
  // While changes arrive, they name the keys to load again.
  const refetchInterval = useIsLive() ? (false as const) : REFETCH_INTERVAL;
  const trends = useQueries({ queries: keys.map((key) => ({ ...trendQuery(api, key, load), refetchInterval })) });
  const byKey = new Map(keys.map((key, index) => [key, trends[index]?.data]));
  return (key) => (key === null ? undefined : byKey.get(key));
}

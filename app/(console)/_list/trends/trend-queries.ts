import { queryOptions } from "@tanstack/react-query";
import type { Api } from "#app/_data/client";
import type { Trend } from "#contract/series";

/** Milliseconds in which keys that are requested one by one are collected. */
const COLLECT = 10;

export type LoadTrend = (key: string) => Promise<Trend>;

/** Loads trends one by one, with a single request for those that are requested at about the same time. */
export function createTrendLoader(request: (keys: string[]) => Promise<Trend[]>): LoadTrend {
  let keys: string[] = [];
  let loading: Promise<Trend[]> | null = null;
  const loadCollected = async () => {
    await new Promise((resolve) => setTimeout(resolve, COLLECT));
    const collected = keys;
    keys = [];
    loading = null;
    return request(collected);
  };
  return async (key) => {
    keys.push(key);
    loading ??= loadCollected();
    return (await loading).find((trend) => trend.key === key) ?? { key, points: [] };
  };
}

/** The last versions of one key: a query of its own, so that a change of other keys does not refetch it. */
export function trendQuery(api: Api, key: string, load: LoadTrend) {
  return queryOptions({
    queryKey: [...api.collection.trends.queryKey({ keys: [key] })],
    queryFn: () => load(key),
    staleTime: 60_000,
  });
}

/** The distinct keys of rows. */
export function keysOf(rows: { key: string | null }[]): string[] {
  return [...new Set(rows.flatMap(({ key }) => key ?? []))];
}

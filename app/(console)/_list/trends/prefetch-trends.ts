import { api, queryClient } from "#app/_data/server";
import { keysOf, trendQuery } from "./trend-queries";

/** Prefetches the last versions of the keys of rows, by one call. */
export async function prefetchTrends(rows: { key: string | null }[]): Promise<void> {
  const cache = queryClient();
  const keys = keysOf(rows);
  if (keys.length === 0) return;
  const all = api.collection.trends.queryOptions({ keys });
  const trends = await cache.fetchQuery(all);
  // The browser gets each once, in a query of its own.
  cache.removeQueries(all);
  for (const trend of trends) cache.setQueryData(trendQuery(api, trend.key, async () => trend).queryKey, trend);
}

import type { Api } from "#app/_data/client";

/** How many people are read at once. */
export const BATCH = 100;

export function peopleQuery(api: Api, batch: number) {
  return api.person.list.queryOptions({ limit: BATCH, offset: batch * BATCH });
}

export function peopleCountQuery(api: Api) {
  return api.person.count.queryOptions();
}

import type { Api } from "#app/_data/client";

export function keysQuery(api: Api) {
  return api.apiKey.list.queryOptions();
}

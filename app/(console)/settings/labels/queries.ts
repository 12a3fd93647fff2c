import type { Api } from "#app/_data/client";

export function protectedQuery(api: Api) {
  return api.admin.protectedLabels.queryOptions();
}

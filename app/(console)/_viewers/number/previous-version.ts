import type { Api } from "#app/_data/client";
import type { Artifact } from "#contract/artifact";

/** The version before one that still exists, without its data, or none. */
export function previousVersionQuery(api: Api, { key, version }: Pick<Artifact, "key" | "version">) {
  return api.artifact.list.queryOptions({
    where: {
      artifacts: { key: { any: key === null ? [] : [key] }, version: { max: Math.max(0, (version ?? 1) - 1) } },
    },
    sort: "CREATED_DESC",
    limit: 1,
  });
}

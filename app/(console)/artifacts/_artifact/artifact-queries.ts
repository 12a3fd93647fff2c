import type { Api } from "#app/_data/client";
import type { Artifact } from "#contract/artifact";
import { dataUrl } from "../../_viewers/shared/data-url";

/** One version with its neighbours and data; data above MAX_EMBEDDED_DATA is null when the server renders the page. */
export function artifactQuery(api: Api, id: string) {
  return api.artifact.read.queryOptions({ id });
}

/** Whether parsed data may differ from its JSON text (`1.0`, integers beyond 2^53, repeated names), so that the text is shown. */
export function needsText({ type, data }: Artifact): boolean {
  return (typeof data === "object" && data !== null) || (typeof data === "number" && type !== "progress");
}

/** The stored JSON text of a version, fetched again only after an update. */
export function textQuery(id: string, updated: string) {
  return {
    queryKey: ["text", id, updated],
    queryFn: async ({ signal }: { signal: AbortSignal }) => {
      const response = await fetch(dataUrl(id, "json"), { signal });
      if (!response.ok) throw new Error(`The server responded with ${response.status}.`);
      return response.text();
    },
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: false as const,
  };
}

import type { Api } from "#app/_data/client";
import type { Artifact } from "#contract/artifact";

/** One version, with its data (null where it is larger than MAX_EMBEDDED_DATA and the server rendered the page) and neighbours. */
export function artifactQuery(api: Api, id: string) {
  return api.artifact.read.queryOptions({ id });
}

/** Where the data of a version is, as it is stored. */
export function dataUrl(id: string): string {
  return `/api/artifacts/${id}/data`;
}

/** Whether JavaScript may read the data otherwise than it was written (`1.0`, large numbers, names twice), so that its text is needed. */
export function needsText({ type, data }: Artifact): boolean {
  return (typeof data === "object" && data !== null) || (typeof data === "number" && type !== "progress");
}

/** The stored JSON text of a version. Asked for once per state of the version, as `updated` tells. */
export function textQuery(id: string, updated: string) {
  return {
    queryKey: ["text", id, updated],
    queryFn: async ({ signal }: { signal: AbortSignal }) => {
      const answer = await fetch(dataUrl(id), { signal });
      if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
      return answer.text();
    },
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: false as const,
  };
}

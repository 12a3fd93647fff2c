import { useQuery } from "@tanstack/react-query";
import type { Artifact } from "#contract/artifact";
import { listedFiles } from "#formats/files/file-list";
import { dataUrl } from "../shared/data-url";

/** The files that a version names: null for one that names none. */
export function useFiles(
  { id, type, updated }: Pick<Artifact, "id" | "type" | "updated">,
  which: { asOf?: string; revision?: number | null } = {},
) {
  return useQuery({
    queryKey: ["files", id, updated, which],
    queryFn: async ({ signal }) => {
      const response = await fetch(dataUrl(id, "json", which), { signal });
      if (!response.ok) throw new Error(`The server responded with ${response.status}.`);
      return listedFiles(type, await response.json());
    },
    staleTime: "static",
    refetchInterval: false,
  });
}

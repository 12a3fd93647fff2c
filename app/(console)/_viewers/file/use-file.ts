import { useQuery } from "@tanstack/react-query";
import type { ListedFile } from "#formats/files/file-list";

/** The whole content of a file, which never changes. */
export function useFile({ sha256 }: ListedFile, url: string) {
  return useQuery({
    queryKey: ["file", sha256],
    queryFn: async ({ signal }) => {
      const response = await fetch(url, { signal });
      if (!response.ok) throw new Error(`The server responded with ${response.status}.`);
      return new Uint8Array(await response.arrayBuffer());
    },
    staleTime: "static",
    gcTime: 60_000,
    refetchInterval: false,
  });
}

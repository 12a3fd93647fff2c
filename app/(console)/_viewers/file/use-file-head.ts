import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ListedFile } from "#formats/files/file-list";

/** In bytes: what is loaded at first, and by each further request. */
const FIRST = 4_096;
export const FURTHER = 16_384;

/** The first bytes of a file, of which more are loaded on request. */
export function useFileHead({ sha256, size }: ListedFile, url: string, isNeeded = true) {
  const { data, ...query } = useInfiniteQuery({
    queryKey: ["file-head", sha256],
    queryFn: async ({ pageParam: from, signal }) => {
      const to = Math.min(size, from + (from === 0 ? FIRST : FURTHER)) - 1;
      const response = await fetch(url, { signal, headers: { range: `bytes=${from}-${to}` } });
      if (response.status !== 206) throw new Error(`The server responded with ${response.status}.`);
      return new Uint8Array(await response.arrayBuffer());
    },
    initialPageParam: 0,
    getNextPageParam: (_, pages) => {
      const loaded = lengthOf(pages);
      return loaded < size ? loaded : null;
    },
    enabled: isNeeded && size > 0,
    staleTime: "static",
    refetchInterval: false,
  });
  const bytes = useMemo(() => data && joined(data.pages), [data]);
  return { ...query, bytes };
}

function lengthOf(pages: readonly Uint8Array[]): number {
  return pages.reduce((sum, { length }) => sum + length, 0);
}

function joined(pages: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(lengthOf(pages));
  let at = 0;
  for (const page of pages) {
    bytes.set(page, at);
    at += page.length;
  }
  return bytes;
}

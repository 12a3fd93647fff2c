"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { DownloadProgress } from "#app/_data/download";
import { dataBytes } from "#contract/file-type";
import { MAX_COMPARED_BYTES } from "#diff/options";
import { dataUrl } from "../../_viewers/shared/data-url";
import { type Comparer, createComparer } from "./comparer";
import type { Side } from "./use-side";
import { type CompareView, optionsOf } from "./view";
import type { ComparedVersion } from "./worker";

/**
 * The differences between two versions, computed in a worker, and again only after one is updated. With other options
 * the earlier differences stay until the new ones are there.
 * @param keepsRunning whether both versions stay loaded in the worker, for other options
 */
export function useComparison(from: Side, to: Side, view: CompareView, { keepsRunning }: { keepsRunning: boolean }) {
  const [progress, setProgress] = useState<DownloadProgress>({ loaded: 0, problem: null });
  const [running, setRunning] = useState<{ sides: string; comparer: Comparer } | null>(null);
  const sides = [from.id, from.revision, from.updated, to.id, to.revision, to.updated].join(" ");
  const isSmall = dataBytes(from) + dataBytes(to) <= MAX_COMPARED_BYTES;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `sides` says which versions they are, the rest is constant
  useEffect(() => {
    const comparer = createComparer(comparedOf(from), comparedOf(to), setProgress, keepsRunning);
    setRunning({ sides, comparer });
    return comparer.end;
  }, [sides]);
  const comparer = running?.sides === sides ? running.comparer : null;
  const options = optionsOf(view);
  const query = useQuery({
    queryKey: ["comparison", sides, options],
    queryFn: ({ signal }) =>
      comparer?.compare(options, signal) ?? Promise.reject(new Error("The comparison has ended.")),
    enabled: comparer !== null && isSmall,
    staleTime: "static",
    refetchInterval: false,
    retry: false,
    placeholderData: (earlier, query) => (query?.queryKey[1] === sides ? earlier : undefined),
  });
  return { ...query, progress };
}

function comparedOf({ id, revision, type, description, metadata, content }: Side): ComparedVersion {
  const absolute = (url: string) => new URL(url, location.href).href;
  return {
    url: absolute(dataUrl(id, "json", { revision })),
    content: content ? { ...content, url: absolute(content.url) } : null,
    ...{ type, description, metadata },
  };
}

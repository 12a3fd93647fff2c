"use client";

import { useEffect, useState } from "react";
import type { DownloadProgress } from "#app/_data/download";
import type { LoadedData, PreferredView } from "./protocol";
import { createReader, type DataReader } from "./reader";

interface LargeData {
  data: LoadedData | null;
  /** The `updated` timestamp of the version that `data` belongs to. */
  updated: string;
  error: string | null;
  reader: DataReader | null;
}

const NOTHING: DownloadProgress = { loaded: 0, problem: null };

/**
 * Loads the data at a URL in a worker that ends with the component, and again whenever `updated` changes; meanwhile
 * the earlier data stays.
 */
export function useLargeData(
  url: string,
  updated: string,
  prefer: PreferredView,
): LargeData & { progress: DownloadProgress; onRetry: () => void } {
  const [loaded, setLoaded] = useState<LargeData>({ data: null, updated, error: null, reader: null });
  const [progress, setProgress] = useState(NOTHING);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another `updated` or another try loads again
  useEffect(() => {
    const reader = createReader();
    let unmounted = false;
    const put = (next: LargeData) => {
      if (!unmounted) setLoaded(next);
    };
    setProgress(NOTHING);
    reader.load(new URL(url, location.href).href, prefer, setProgress).then(
      (data) => put({ data, updated, error: null, reader }),
      (error: Error) => put({ data: null, updated, error: error.message, reader: null }),
    );
    return () => {
      unmounted = true;
      reader.end();
    };
  }, [url, updated, prefer, tries]);
  return { ...loaded, progress, onRetry: () => setTries(tries + 1) };
}

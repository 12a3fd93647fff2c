"use client";

import { useEffect, useState } from "react";
import type { LoadedData, PreferredView } from "./protocol";
import { createReader, type DataReader } from "./reader";

interface LargeData {
  data: LoadedData | null;
  /** The `updated` timestamp of the version that `data` belongs to. */
  updated: string;
  error: string | null;
  reader: DataReader | null;
}

/**
 * Loads the data at a URL in a worker that ends with the component, and again whenever `updated` changes; meanwhile
 * the earlier data stays.
 */
export function useLargeData(url: string, updated: string, prefer: PreferredView): LargeData & { onRetry: () => void } {
  const [loaded, setLoaded] = useState<LargeData>({ data: null, updated, error: null, reader: null });
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another `updated` or another try loads again
  useEffect(() => {
    const reader = createReader();
    let unmounted = false;
    const put = (next: LargeData) => {
      if (!unmounted) setLoaded(next);
    };
    reader.load(new URL(url, location.href).href, prefer).then(
      (data) => put({ data, updated, error: null, reader }),
      (error: Error) => put({ data: null, updated, error: error.message, reader: null }),
    );
    return () => {
      unmounted = true;
      reader.end();
    };
  }, [url, updated, prefer, tries]);
  return { ...loaded, onRetry: () => setTries(tries + 1) };
}

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useApi } from "#app/_data/client";
import { toApiError } from "#app/_data/error";
import type { Artifact } from "#contract/artifact";
import { MAX_LIMIT } from "#contract/limits";
import { dataUrl } from "../../shared/data-url";
import type { RowLink } from "../row/row-link";
import type { RowInVersion } from "./row-in";
import type { HistoryRequest, HistoryResult } from "./worker";

/** A version with what it has of the row; `problem` where it could not be read. */
export interface HistoryEntry {
  id: string;
  version: number;
  created: string;
  row: RowInVersion | null;
  problem: string | null;
}

interface RowHistory {
  /** Newest first. */
  entries: HistoryEntry[];
  /** How many versions are read of those that were begun; null when all are, or it was stopped. */
  progress: { done: number; all: number } | null;
  /** Whether the key may have versions before the last entry. */
  hasOlder: boolean;
  problem: string | null;
  stop: () => void;
  loadOlder: () => void;
}

/** In bytes, of the versions that are read before the reader asks for older ones. */
const MAX_BYTES = 100_000_000;

/**
 * The values of a row in the versions of a key, the newest first: at most 200 of them and 100 MB, and more on request. The
 * data is read by a worker that ends with the component.
 */
export function useRowHistory(key: string, link: RowLink): RowHistory {
  const api = useApi();
  const client = useQueryClient();
  const [entries, setEntries] = useState<HistoryEntry[]>([]);
  const [progress, setProgress] = useState<RowHistory["progress"]>(null);
  const [next, setNext] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const stop = useRef<() => void>(() => {});

  const load = async (from: number | null) => {
    stop.current();
    let stopped = false;
    let worker: Worker | null = null;
    stop.current = () => {
      stopped = true;
      worker?.terminate();
      setProgress(null);
    };
    setProblem(null);
    setProgress({ done: 0, all: 0 });
    try {
      const where = { artifacts: { key: { any: [key] }, version: from === null ? undefined : { max: from } } };
      const found = await client.fetchQuery(api.artifact.list.queryOptions({ where, limit: MAX_LIMIT }));
      if (stopped) return;
      const batch = batchOf(found);
      if (batch.length === 0) {
        setNext(null);
        return setProgress(null);
      }
      setProgress({ done: 0, all: batch.length });
      worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
      worker.addEventListener("error", () => {
        setProblem("The versions could not be read.");
        stop.current();
      });
      worker.addEventListener("message", ({ data }: MessageEvent<HistoryResult>) => {
        const artifact = batch[data.at];
        if (stopped || !artifact) return;
        setEntries((all) => [...all, entryOf(artifact, data)]);
        setNext((artifact.version ?? 1) - 1);
        const done = data.at + 1;
        setProgress(done < batch.length ? { done, all: batch.length } : null);
        if (done === batch.length) worker?.terminate();
      });
      const urls = batch.map(({ id }) => new URL(dataUrl(id, "json"), location.href).href);
      worker.postMessage({ urls, names: link.names, by: link.by } satisfies HistoryRequest);
    } catch (error) {
      if (stopped) return;
      setProblem(toApiError(error).message);
      setProgress(null);
    }
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: another row is another component
  useEffect(() => {
    load(null);
    return () => stop.current();
  }, []);
  return {
    entries,
    progress,
    hasOlder: progress === null && next !== null && next >= 1,
    problem,
    stop: () => stop.current(),
    loadOlder: () => next !== null && load(next),
  };
}

/** The first versions that are not too large together, but at least one. */
function batchOf(found: Artifact[]): Artifact[] {
  let bytes = 0;
  const end = found.findIndex(({ size }, at) => {
    bytes += size;
    return at > 0 && bytes > MAX_BYTES;
  });
  return end < 0 ? found : found.slice(0, end);
}

function entryOf({ id, version, created }: Artifact, result: HistoryResult): HistoryEntry {
  return {
    id,
    version: version ?? 0,
    created,
    row: "row" in result ? result.row : null,
    problem: "problem" in result ? result.problem : null,
  };
}

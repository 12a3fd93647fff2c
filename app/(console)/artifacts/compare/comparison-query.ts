import type { Artifact } from "#contract/artifact";
import { dataUrl } from "../_artifact/artifact-queries";
import { type CompareView, rowMatchOf } from "./view";
import type { ComparedVersion, Comparison, ComparisonRequest } from "./worker";

/** The largest sum of two sizes, in bytes, that is compared. */
export const MAX_COMPARED_BYTES = 64_000_000;

/** In milliseconds. */
const TIMEOUT = 30_000;

/** The differences between two versions, computed in a worker, and again only after one is updated. */
export function comparisonQuery(from: Artifact, to: Artifact, view: CompareView) {
  const request = (): ComparisonRequest => ({
    from: comparedOf(from),
    to: comparedOf(to),
    mode: view.as,
    key: rowMatchOf(view),
  });
  return {
    queryKey: ["comparison", from.id, from.updated, to.id, to.updated, view.as, view.by, view.match],
    queryFn: ({ signal }: { signal: AbortSignal }) => runComparison(request(), signal),
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: false as const,
    retry: false,
  };
}

function comparedOf({ id, type, description, metadata }: Artifact): ComparedVersion {
  return { url: new URL(dataUrl(id), location.href).href, type, description, metadata };
}

function runComparison(request: ComparisonRequest, signal: AbortSignal): Promise<Comparison> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  return new Promise<Comparison>((resolve, reject) => {
    const fail = (error: Error) => {
      clearTimeout(timer);
      reject(error);
    };
    const timer = setTimeout(() => fail(new Error(`Comparison timed out after ${TIMEOUT / 1000} s.`)), TIMEOUT);
    signal.addEventListener("abort", () => fail(new Error("The comparison was cancelled.")));
    worker.addEventListener("error", () => fail(new Error("The comparison failed.")));
    worker.addEventListener("message", ({ data }: MessageEvent<{ comparison: Comparison } | { error: string }>) => {
      if ("error" in data) return fail(new Error(data.error));
      clearTimeout(timer);
      resolve(data.comparison);
    });
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}

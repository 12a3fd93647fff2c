import type { Artifact } from "#contract/artifact";
import { dataUrl } from "../_artifact/artifact-queries";
import { type CompareView, rowMatchOf } from "./view";
import type { ComparedVersion, Comparison, ComparisonRequest } from "./worker";

/** Together larger than this, in bytes, two versions are not compared. */
export const MAX_COMPARED_BYTES = 64_000_000;

const TIMEOUT = 30_000;

/** What differs between two versions, computed in a worker of its own. Asked once per state of the two. */
export function comparisonQuery(from: Artifact, to: Artifact, view: CompareView) {
  const question = (): ComparisonRequest => ({
    from: comparedOf(from),
    to: comparedOf(to),
    way: view.as,
    key: rowMatchOf(view),
  });
  return {
    queryKey: ["comparison", from.id, from.updated, to.id, to.updated, view.as, view.by, view.match],
    queryFn: ({ signal }: { signal: AbortSignal }) => runComparison(question(), signal),
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: false as const,
    retry: false,
  };
}

function comparedOf({ id, type, description, metadata }: Artifact): ComparedVersion {
  return { address: new URL(dataUrl(id), location.href).href, type, description, metadata };
}

/** Asks a worker and ends it: when it has answered, when nobody waits any more, or when it takes too long. */
function runComparison(question: ComparisonRequest, signal: AbortSignal): Promise<Comparison> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  return new Promise<Comparison>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("Comparing them took too long.")), TIMEOUT);
    const end = (error: Error) => {
      clearTimeout(timer);
      reject(error);
    };
    signal.addEventListener("abort", () => end(new Error("Nobody waits for it any more.")));
    worker.addEventListener("error", () => end(new Error("The comparison failed.")));
    worker.addEventListener("message", ({ data }: MessageEvent<{ comparison: Comparison } | { failure: string }>) => {
      if ("failure" in data) return end(new Error(data.failure));
      clearTimeout(timer);
      resolve(data.comparison);
    });
    worker.postMessage(question);
  }).finally(() => worker.terminate());
}

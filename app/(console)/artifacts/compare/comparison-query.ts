import type { Artifact } from "#contract/artifact";
import { dataAddress } from "../_artifact/artifact-queries";
import { type CompareView, keyChoiceOf } from "./view";
import type { Compared, Comparison, Question } from "./worker";

/** Together larger than this, in bytes, two versions are not compared. */
export const MOST_BYTES = 64_000_000;

const PATIENCE = 30_000;

/** What differs between two versions, computed in a worker of its own. Asked once per state of the two. */
export function comparisonQuery(from: Artifact, to: Artifact, view: CompareView) {
  const question = (): Question => ({
    from: comparedOf(from),
    to: comparedOf(to),
    way: view.as,
    key: keyChoiceOf(view),
  });
  return {
    queryKey: ["comparison", from.id, from.updated, to.id, to.updated, view.as, view.by, view.match],
    queryFn: ({ signal }: { signal: AbortSignal }) => answered(question(), signal),
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: false as const,
    retry: false,
  };
}

function comparedOf({ id, type, description, metadata }: Artifact): Compared {
  return { address: new URL(dataAddress(id), location.href).href, type, description, metadata };
}

/** Asks a worker and ends it: when it has answered, when nobody waits any more, or when it takes too long. */
function answered(question: Question, signal: AbortSignal): Promise<Comparison> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  return new Promise<Comparison>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("Comparing them took too long.")), PATIENCE);
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

import type { WorkerRequest, WorkerResults } from "./protocol";

/** Asks the worker that holds a text. */
export type Reader = <Name extends WorkerRequest["ask"]>(
  ask: Extract<WorkerRequest, { ask: Name }>,
) => Promise<WorkerResults[Name]>;

interface Waiting {
  resolve: (value: never) => void;
  reject: (error: Error) => void;
}

/** A worker of its own for one text, and how to ask and to end it. What is asked of an ended one is never answered. */
export function createReader(): { reader: Reader; end: () => void } {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const waiting = new Map<number, Waiting>();
  let count = 0;
  worker.addEventListener("error", () => {
    for (const { reject } of waiting.values()) reject(new Error("The reader stopped."));
    waiting.clear();
  });
  worker.addEventListener("message", ({ data }: MessageEvent<{ id: number; value?: never; failure?: string }>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.failure !== undefined) asked?.reject(new Error(data.failure));
    // The worker answers each question with what `Answers` has for it.
    else asked?.resolve(data.value as never);
  });
  return {
    reader: (ask) =>
      new Promise((resolve, reject) => {
        count += 1;
        waiting.set(count, { resolve, reject });
        worker.postMessage({ ...ask, id: count });
      }),
    end: () => worker.terminate(),
  };
}

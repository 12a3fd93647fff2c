import type { Output } from "./output";
import type { Progress } from "./progress";

/** A bar for work of several steps, drawn anew for each; it takes itself away when the work ends. */
export async function inSteps<T>(
  report: Output,
  work: (at: (step: string, done: number, total: number, words?: (amount: number) => string) => void) => Promise<T>,
): Promise<T> {
  let bar: { step: string; progress: Progress } | undefined;
  try {
    return await work((step, done, total, words) => {
      if (bar?.step !== step) {
        bar?.progress.end();
        bar = { step, progress: report.progress(step, total, words) };
      }
      bar.progress.at(done, total);
    });
  } finally {
    bar?.progress.end();
  }
}

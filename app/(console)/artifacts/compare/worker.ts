import { createBudget } from "#diff/budget";
import { type ComparedVersion as Compared, compareVersions, type Comparison as Differences } from "#diff/comparison";
import type { DiffMode } from "#diff/mode";
import type { KeyChoice } from "#diff/table";

export interface ComparedVersion extends Omit<Compared, "text"> {
  /** The URL of its data. */
  url: string;
}

export interface ComparisonRequest {
  from: ComparedVersion;
  to: ComparedVersion;
  /** Null selects the mode that fits best. */
  mode: DiffMode | null;
  key: KeyChoice;
}

export interface Comparison extends Differences {
  /** What was left out to stay within the time budget, as sentences. */
  notes: string[];
}

/** In milliseconds. */
const BUDGET = 4000;

async function compare({ from, to, mode, key }: ComparisonRequest): Promise<Comparison> {
  const [left, right] = await Promise.all([load(from), load(to)]);
  const budget = createBudget(BUDGET);
  return { ...compareVersions(left, right, mode, key, budget), notes: budget.notes };
}

async function load({ url, ...version }: ComparedVersion): Promise<Compared> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The server responded with ${response.status}.`);
  return { ...version, text: await response.text() };
}

addEventListener("message", ({ data }: MessageEvent<ComparisonRequest>) => {
  compare(data).then(
    (comparison) => postMessage({ comparison }),
    (error: unknown) => postMessage({ error: error instanceof Error ? error.message : "The comparison failed." }),
  );
});

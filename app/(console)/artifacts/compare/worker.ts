import type { Artifact } from "#contract/artifact";
import { createBudget } from "#diff/budget";
import {
  type Difference,
  dataSide,
  differenceOf,
  modesFor,
  type Side,
  sourceDifference,
  valueSide,
} from "#diff/difference";
import type { DiffMode } from "#diff/mode";
import type { KeyChoice } from "#diff/table";

export interface ComparedVersion extends Pick<Artifact, "type" | "description" | "metadata"> {
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

export interface Comparison {
  data: Difference;
  description: Difference;
  metadata: Difference;
  /** The modes in which the data can be compared. */
  modes: DiffMode[];
  /** What was left out to stay within the time budget, as sentences. */
  notes: string[];
}

/** In milliseconds. */
const BUDGET = 4000;

async function compare({ from, to, mode, key }: ComparisonRequest): Promise<Comparison> {
  const [left, right] = await Promise.all([load(from), load(to)]);
  const budget = createBudget(BUDGET);
  const difference = differenceOf(left.side, right.side, mode, key, budget);
  const source = difference.kind === "same" ? sourceDifference(left.text, right.text, budget) : null;
  const description = (version: ComparedVersion) => valueSide(version.description ?? "");
  const metadata = (version: ComparedVersion) => valueSide(version.metadata ?? {});
  return {
    description: differenceOf(description(from), description(to), "lines", "order", budget),
    metadata: differenceOf(metadata(from), metadata(to), "paths", "order", budget),
    data: source ?? difference,
    // Numbers that are only written differently can be compared by line alone.
    modes: difference.kind === "same" ? [] : modesFor(left.side, right.side),
    notes: budget.notes,
  };
}

async function load({ url, type }: ComparedVersion): Promise<{ side: Side; text: string }> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The server responded with ${response.status}.`);
  const text = await response.text();
  return { side: dataSide(type, text), text };
}

addEventListener("message", ({ data }: MessageEvent<ComparisonRequest>) => {
  compare(data).then(
    (comparison) => postMessage({ comparison }),
    (error: unknown) => postMessage({ error: error instanceof Error ? error.message : "The comparison failed." }),
  );
});

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

/** A version to compare: where its data is, and what is compared beside it. */
export interface ComparedVersion extends Pick<Artifact, "type" | "description" | "metadata"> {
  address: string;
}

/** What the page asks. */
export interface ComparisonRequest {
  from: ComparedVersion;
  to: ComparedVersion;
  way: DiffMode | null;
  key: KeyChoice;
}

/** What differs in the data, the description and the metadata; which other ways there are; what was cut. */
export interface Comparison {
  data: Difference;
  description: Difference;
  metadata: Difference;
  ways: DiffMode[];
  cuts: string[];
}

const BUDGET = 4000;

/** Loads two versions and compares them, away from the page, so that nothing it does can hold the page up. */
async function compare({ from, to, way, key }: ComparisonRequest): Promise<Comparison> {
  const [left, right] = await Promise.all([loaded(from), loaded(to)]);
  const budget = createBudget(BUDGET);
  const difference = differenceOf(left.side, right.side, way, key, budget);
  const text = (side: ComparedVersion) => valueSide(side.description ?? "");
  const facts = (side: ComparedVersion) => valueSide(side.metadata ?? {});
  return {
    description: differenceOf(text(from), text(to), "lines", "order", budget),
    metadata: differenceOf(facts(from), facts(to), "paths", "order", budget),
    data: difference.kind === "same" ? sourceDifference(left.text, right.text, budget) : difference,
    ways: modesFor(left.side, right.side),
    cuts: budget.notes,
  };
}

async function loaded({ address, type }: ComparedVersion): Promise<{ side: Side; text: string }> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  const text = await answer.text();
  return { side: dataSide(type, text), text };
}

addEventListener("message", ({ data }: MessageEvent<ComparisonRequest>) => {
  compare(data).then(
    (comparison) => postMessage({ comparison }),
    (error: unknown) => postMessage({ failure: error instanceof Error ? error.message : "It failed." }),
  );
});

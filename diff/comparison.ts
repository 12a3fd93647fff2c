import type { Artifact } from "#contract/artifact";
import type { Budget } from "./budget";
import { type Difference, dataSide, differenceOf, modesFor, sourceDifference, valueSide } from "./difference";
import type { DiffMode } from "./mode";
import type { KeyChoice } from "./table";

export interface ComparedVersion extends Pick<Artifact, "type" | "description" | "metadata"> {
  /** The JSON text of its data. */
  text: string;
}

export interface Comparison {
  data: Difference;
  description: Difference;
  metadata: Difference;
  /** The modes in which the data can be compared. */
  modes: DiffMode[];
}

/** Compares two versions. `mode`: null selects the one that fits best. */
export function compareVersions(
  from: ComparedVersion,
  to: ComparedVersion,
  mode: DiffMode | null,
  key: KeyChoice,
  budget: Budget,
): Comparison {
  const [left, right] = [dataSide(from.type, from.text), dataSide(to.type, to.text)];
  const difference = differenceOf(left, right, mode, key, budget);
  const source = difference.kind === "same" ? sourceDifference(from.text, to.text, budget) : null;
  const description = (version: ComparedVersion) => valueSide(version.description ?? "");
  const metadata = (version: ComparedVersion) => valueSide(version.metadata ?? {});
  return {
    data: source ?? difference,
    description: differenceOf(description(from), description(to), "lines", "order", budget),
    metadata: differenceOf(metadata(from), metadata(to), "paths", "order", budget),
    // Numbers that are only written differently can be compared by line alone.
    modes: difference.kind === "same" ? [] : modesFor(left, right),
  };
}

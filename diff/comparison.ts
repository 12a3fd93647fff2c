import type { Artifact } from "#contract/artifact";
import type { Budget } from "./budget";
import {
  type Difference,
  dataSide,
  differenceOf,
  modesFor,
  type Side,
  sourceDifference,
  valueSide,
} from "./difference";
import type { DiffMode, DiffOptions } from "./options";

export interface ComparedVersion extends Pick<Artifact, "type" | "description" | "metadata"> {
  /** The JSON text of its data. */
  text: string;
}

/** A version with its data parsed, for several comparisons. */
export interface ReadVersion extends ComparedVersion {
  side: Side;
}

export function readVersion(version: ComparedVersion): ReadVersion {
  return { ...version, side: dataSide(version.type, version.text) };
}

export interface Comparison {
  data: Difference;
  description: Difference;
  metadata: Difference;
  /** The modes in which the data can be compared. */
  modes: DiffMode[];
}

/** Compares two versions. The options are those of the data. */
export function compareVersions(
  from: ReadVersion,
  to: ReadVersion,
  options: Partial<DiffOptions>,
  budget: Budget,
): Comparison {
  const difference = differenceOf(from.side, to.side, options, budget);
  const isEqual = difference.kind === "same" && difference.within === undefined;
  const source = isEqual ? sourceDifference(from.text, to.text, budget) : null;
  const description = (version: ComparedVersion) => valueSide(version.description ?? "");
  const metadata = (version: ComparedVersion) => valueSide(version.metadata ?? {});
  return {
    data: source ?? difference,
    description: differenceOf(description(from), description(to), { mode: "lines" }, budget),
    metadata: differenceOf(metadata(from), metadata(to), { mode: "paths" }, budget),
    // Numbers that are only written differently can be compared by line alone.
    modes: isEqual ? [] : modesFor(from.side, to.side),
  };
}

"use client";

import { useLargeData } from "../large/use-large-data";
import { DataError, DataLoading } from "../shared/data-status";
import { LinesView } from "./text-view";

/** A large text, read in a worker, letter by letter. */
export function LargeText({
  address,
  state,
  size,
  label,
}: {
  address: string;
  state: string;
  size: number;
  label: string;
}) {
  const { reading, failure, again } = useLargeData(address, state, "lines");
  if (failure !== null) return <DataError again={again} />;
  return reading?.kind === "lines" ? <LinesView lines={reading.lines} label={label} /> : <DataLoading size={size} />;
}

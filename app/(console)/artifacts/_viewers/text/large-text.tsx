"use client";

import { useReading } from "../large/use-large-data";
import { Awaited, Unread } from "../shared/data-status";
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
  const { reading, failure, again } = useReading(address, state, "lines");
  if (failure !== null) return <Unread again={again} />;
  return reading?.kind === "lines" ? <LinesView lines={reading.lines} label={label} /> : <Awaited size={size} />;
}

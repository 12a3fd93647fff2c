import { Age } from "#app/_ui/age";
import { durationOf } from "./duration";

/** How long a run took, or has taken so far; nothing of one that has not started. */
export function Lasted({ run }: { run: { startTime: string | null; endTime: string | null } }) {
  if (!run.startTime) return null;
  if (run.endTime) return durationOf(run.startTime, run.endTime);
  return <Age of={run.startTime} suffix=" so far" />;
}

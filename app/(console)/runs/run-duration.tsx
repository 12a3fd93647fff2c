import { Age } from "#app/_ui/age";
import type { State } from "#contract/run";
import { durationOf } from "./duration";

interface Run {
  state: State | null;
  startTime: string | null;
  endTime: string | null;
}

/** How long a run took, or while it runs has taken so far; nothing of one that does not run. */
export function Lasted({ run }: { run: Run }) {
  if (!run.startTime) return null;
  if (run.endTime) return durationOf(run.startTime, run.endTime);
  if (run.state?.type !== "RUNNING") return null;
  return <Age of={run.startTime} suffix=" so far" />;
}

import type { FlowRun } from "#contract/flow-run";

type Times = Pick<FlowRun, "flowId" | "startTime" | "endTime">;

/** The runs of each flow, the flows in the order of their first run. */
export function groupByFlow<Run extends { flowId: string }>(runs: Run[]): { flowId: string; runs: Run[] }[] {
  const groups = new Map<string, Run[]>();
  for (const run of runs) groups.set(run.flowId, [...(groups.get(run.flowId) ?? []), run]);
  return [...groups].map(([flowId, ofFlow]) => ({ flowId, runs: ofFlow }));
}

/** The milliseconds of the longest run of each flow. */
export function longestByFlow(runs: Times[]): Map<string, number> {
  const longest = new Map<string, number>();
  for (const run of runs) longest.set(run.flowId, Math.max(longest.get(run.flowId) ?? 0, durationOf(run) ?? 0));
  return longest;
}

/** The milliseconds between start and end, null for a run that has not ended. */
export function durationOf({ startTime, endTime }: Pick<Times, "startTime" | "endTime">): number | null {
  return startTime && endTime ? Math.max(0, Date.parse(endTime) - Date.parse(startTime)) : null;
}

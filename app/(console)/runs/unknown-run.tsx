import { Notice } from "#app/_ui/notice";
import type { RunName } from "./queries";
import { Produced } from "./run-artifacts";
import { RunLayout } from "./run-layout";

/** The page of a run that nobody knows any more, or was never told of: what it produced is still there. */
export function Forgotten({ run, cursor, here }: { run: RunName; cursor: string; here: string }) {
  const [kind, id] = "flowRunId" in run ? ["flow run", run.flowRunId] : ["task run", run.taskRunId];
  return (
    <RunLayout name={id.slice(0, 8)} state={null} crumbs={[]} facts={null}>
      <Notice>
        The {kind} <span className="break-all font-mono text-xs">{id}</span> is no longer known here: it was deleted, or
        never told of. What it produced remains.
      </Notice>
      <Produced run={run} cursor={cursor} here={here} />
    </RunLayout>
  );
}

"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import { MAX_LIMIT } from "#contract/limits";
import { RunState } from "../../../_list/run-state";
import { PastLink } from "../../../_past/past-link";
import { taskRunsOfQuery } from "../../queries";
import { RunDuration } from "../../run-duration";

export function TaskRuns({ flowRunId }: { flowRunId: string }) {
  const { data: runs } = useSuspenseQuery(taskRunsOfQuery(useApi(), flowRunId));
  if (runs.length === 0) return null;
  return (
    <section aria-labelledby="tasks-title">
      <h2 id="tasks-title" className="mb-2 font-medium text-sm">
        Task runs
      </h2>
      <ul className="overflow-hidden rounded-lg border bg-surface text-sm">
        {runs.map((run) => (
          <li
            key={run.id}
            className="relative grid min-h-8 grid-cols-[minmax(0,1fr)_8rem_6rem] items-center gap-x-4 border-b px-4 transition-colors last:border-b-0 hover:bg-hover"
          >
            <PastLink
              href={`/runs/task-run/${run.id}`}
              prefetch={false}
              className="truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
            >
              {run.name}
            </PastLink>
            <RunState state={run.state} />
            <span className="text-right text-soft tabular-nums">
              <RunDuration run={run} />
            </span>
          </li>
        ))}
      </ul>
      {runs.length === MAX_LIMIT && <p className="mt-2 text-faint text-sm">Showing the first {MAX_LIMIT} task runs.</p>}
    </section>
  );
}

"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import type { Artifact } from "#contract/artifact";
import { ArtifactTable } from "../_list/artifact-table";
import { artifactHref, pastHref } from "../_list/artifact-url";
import { Pager } from "../_list/pager";
import { distinct, taskRunsQuery } from "../_list/producer-queries";
import { RunState } from "../_list/run-state";
import { PastLink } from "../_past/past-link";
import { type RunArtifactsView, type RunRef, runArtifactsQuery } from "./queries";

/** A page of the artifacts of a run, the newest first; of a flow run, grouped by task run. `href` is the page of the run. */
export function RunArtifacts({ run, view, href }: { run: RunRef; view: RunArtifactsView; href: string }) {
  const { cursor, asOf } = view;
  const { data } = useSuspenseQuery(runArtifactsQuery(useApi(), run, view));
  const groups = "flowRunId" in run ? groupByTaskRun(data.items) : [];
  const attached = groups.some(({ taskRunId }) => taskRunId !== null);
  return (
    <section aria-labelledby="artifacts-title">
      <h2 id="artifacts-title" className="mb-2 font-medium text-sm">
        Artifacts
      </h2>
      {data.items.length === 0 && (
        <p className="rounded-lg border border-edge border-dashed px-4 py-10 text-center text-sm text-soft">
          {cursor
            ? "Nothing on this page any more."
            : asOf
              ? "This run had no artifacts at that time."
              : "This run has no artifacts. Deleted ones are not listed."}
        </p>
      )}
      {attached ? (
        <Groups groups={groups} asOf={asOf} />
      ) : (
        <Rows caption="Artifacts of this run" rows={data.items} asOf={asOf} />
      )}
      <Pager page={data} hrefOf={(to) => `${href}?cursor=${encodeURIComponent(to)}`} />
    </section>
  );
}

interface TaskRunGroup<Row> {
  taskRunId: string | null;
  rows: Row[];
}

export function groupByTaskRun<Row extends { taskRunId: string | null }>(rows: Row[]): TaskRunGroup<Row>[] {
  const groups = new Map<string | null, Row[]>();
  for (const row of rows) groups.set(row.taskRunId, [...(groups.get(row.taskRunId) ?? []), row]);
  return [...groups].map(([taskRunId, rows]) => ({ taskRunId, rows }));
}

function Groups({ groups, asOf }: { groups: TaskRunGroup<Artifact>[]; asOf: string }) {
  const ids = distinct(groups.map(({ taskRunId }) => taskRunId));
  const { data: taskRuns } = useQuery({ ...taskRunsQuery(useApi(), ids), enabled: ids.length > 0 });
  return (
    <div className="space-y-5">
      {groups.map(({ taskRunId, rows }) => {
        if (taskRunId === null) {
          return (
            <section key="none" aria-label="Not attached to a task">
              <h3 className="mb-1.5 text-sm text-soft">Not attached to a task</h3>
              <Rows caption="Artifacts not attached to a task" rows={rows} asOf={asOf} />
            </section>
          );
        }
        const taskRun = taskRuns?.find(({ id }) => id === taskRunId);
        const name = taskRun?.name ?? taskRunId.slice(0, 8);
        return (
          <section key={taskRunId} aria-label={name}>
            <h3 className="mb-1.5 flex items-center gap-3 text-sm">
              {taskRun ? (
                <>
                  <PastLink
                    href={`/runs/task-run/${taskRunId}`}
                    prefetch={false}
                    className="target hover:text-accent hover:underline"
                  >
                    {name}
                  </PastLink>
                  <RunState state={taskRun.state} />
                </>
              ) : (
                <span className="font-mono text-faint text-xs" title={taskRunId}>
                  {name}
                  {taskRuns && " · unknown"}
                </span>
              )}
            </h3>
            <Rows caption={`Artifacts of ${name}`} rows={rows} asOf={asOf} />
          </section>
        );
      })}
    </div>
  );
}

function Rows({ caption, rows, asOf }: { caption: string; rows: Artifact[]; asOf: string }) {
  if (rows.length === 0) return null;
  return (
    <ArtifactTable
      caption={caption}
      rows={rows}
      hrefOf={(row) => (asOf === "" ? artifactHref(row) : pastHref(row, asOf))}
      hideFlowRun
      isPast={asOf !== ""}
    />
  );
}

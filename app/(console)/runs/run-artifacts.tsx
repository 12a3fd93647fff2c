"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useApi } from "#app/_data/client";
import type { Artifact } from "#contract/artifact";
import { ArtifactTable } from "../_list/artifact-table";
import { Pager } from "../_list/pager";
import { distinct, taskRunsQuery } from "../_list/producer-queries";
import { RunState } from "../_list/run-state";
import { producedQuery, type RunName } from "./queries";

/** What a run produced, the newest first; each leads to itself. Of a flow run, by the task run that made it. */
export function Produced({ run, cursor, here }: { run: RunName; cursor: string; here: string }) {
  const { data } = useSuspenseQuery(producedQuery(useApi(), run, cursor));
  const groups = "flowRunId" in run ? byTask(data.items) : [{ task: null, rows: data.items }];
  return (
    <section aria-labelledby="produced-title">
      <h2 id="produced-title" className="mb-2 font-medium text-sm">
        Produced
      </h2>
      {data.items.length === 0 && (
        <p className="rounded-lg border border-edge border-dashed px-4 py-10 text-center text-sm text-soft">
          {cursor ? "This page is empty now." : "This run produced no artifact that lives."}
        </p>
      )}
      {groups.length === 1 && groups[0]?.task === null ? (
        <Rows caption="Artifacts that this run produced" rows={data.items} />
      ) : (
        <Groups groups={groups} />
      )}
      <Pager page={data} hrefOf={(to) => `${here}?cursor=${encodeURIComponent(to)}`} />
    </section>
  );
}

interface Group {
  /** The id of the task run, or null for what names none. */
  task: string | null;
  rows: Artifact[];
}

/** The rows of each task run together, the one that made the newest first. */
function byTask(rows: Artifact[]): Group[] {
  const groups = new Map<string | null, Artifact[]>();
  for (const row of rows) groups.set(row.taskRunId, [...(groups.get(row.taskRunId) ?? []), row]);
  return [...groups].map(([task, rows]) => ({ task, rows }));
}

function Groups({ groups }: { groups: Group[] }) {
  const ids = distinct(groups.map(({ task }) => task));
  const { data: tasks } = useQuery({ ...taskRunsQuery(useApi(), ids), enabled: ids.length > 0 });
  return (
    <div className="space-y-5">
      {groups.map(({ task, rows }) => {
        const known = tasks?.find(({ id }) => id === task);
        const name = known?.name ?? (task === null ? "The flow run itself" : task.slice(0, 8));
        return (
          <section key={task} aria-label={name}>
            <h3 className="mb-1.5 flex items-center gap-3 text-sm">
              {known ? (
                <Link href={`/runs/task-run/${task}`} prefetch={false} className="hover:text-accent hover:underline">
                  {name}
                </Link>
              ) : (
                <span
                  className={task === null ? "text-soft" : "font-mono text-faint text-xs"}
                  title={task ?? undefined}
                >
                  {name}
                  {task !== null && tasks && " · no longer known"}
                </span>
              )}
              {known && <RunState state={known.state} />}
            </h3>
            <Rows caption={`Artifacts of ${name}`} rows={rows} />
          </section>
        );
      })}
    </div>
  );
}

function Rows({ caption, rows }: { caption: string; rows: Artifact[] }) {
  if (rows.length === 0) return null;
  return <ArtifactTable caption={caption} rows={rows} hrefOf={(row) => `/artifacts/artifact/${row.id}`} ofOneRun />;
}

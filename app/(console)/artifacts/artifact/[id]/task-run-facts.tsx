"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useApi } from "#app/_data/client";
import { taskRunsQuery } from "../../../_list/producer-queries";
import { RunState } from "../../../_list/run-state";
import { Fact } from "../../../_shell/fact";
import { UnknownRun } from "./unknown";

/** The task run that produced a version: its name and its state; or its id, where nobody knows it any more. */
export function TaskRunFacts({ id }: { id: string }) {
  const { data } = useQuery({ ...taskRunsQuery(useApi(), [id]), staleTime: 60_000, refetchInterval: 60_000 });
  const run = data?.[0];
  if (!run) {
    return (
      <Fact name="Task run">{data ? <UnknownRun id={id} /> : <span className="font-mono text-xs">{id}</span>}</Fact>
    );
  }
  return (
    <Fact name="Task run">
      <Link href={`/runs/task-run/${id}`} prefetch={false} title={id} className="hover:text-accent hover:underline">
        {run.name}
      </Link>
      <RunState state={run.state} />
    </Fact>
  );
}

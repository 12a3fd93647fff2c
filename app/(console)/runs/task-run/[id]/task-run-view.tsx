"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useApi } from "#app/_data/client";
import { flowRunsQuery } from "../../../_list/producer-queries";
import { Fact } from "../../../_shell/fact";
import { taskRunQuery } from "../../queries";
import { RunArtifacts } from "../../run-artifacts";
import { RunFacts } from "../../run-facts";
import { RunLayout } from "../../run-layout";

export function TaskRunView({ id, cursor }: { id: string; cursor: string }) {
  const api = useApi();
  const { data: run } = useQuery(taskRunQuery(api, id));
  const flowRunId = run?.flowRunId ?? null;
  const flowRun = useQuery({
    ...flowRunsQuery(api, flowRunId === null ? [] : [flowRunId]),
    enabled: flowRunId !== null,
  }).data?.[0];
  if (!run) return null;
  const parent = flowRun && { name: flowRun.name, href: `/runs/flow-run/${flowRun.id}` };
  const facts = (
    <RunFacts run={run}>
      {parent && (
        <Fact name="Flow run">
          <Link href={parent.href} prefetch={false} className="target hover:text-accent hover:underline">
            {parent.name}
          </Link>
        </Fact>
      )}
      <Fact name="Task key">{run.taskKey}</Fact>
      <Fact name="Dynamic key">{run.dynamicKey}</Fact>
    </RunFacts>
  );
  return (
    <RunLayout name={run.name} state={run.state} crumbs={parent ? [parent] : []} facts={facts}>
      <RunArtifacts run={{ taskRunId: id }} cursor={cursor} href={`/runs/task-run/${id}`} />
    </RunLayout>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import { flowRunsQuery } from "../../../_list/producer-queries";
import { PastLink } from "../../../_past/past-link";
import { Fact } from "../../../_shell/fact";
import { type RunArtifactsView, taskRunQuery } from "../../queries";
import { RunArtifacts } from "../../run-artifacts";
import { RunFacts } from "../../run-facts";
import { RunLayout } from "../../run-layout";

export function TaskRunView({ id, view }: { id: string; view: RunArtifactsView }) {
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
          <PastLink href={parent.href} prefetch={false} className="target hover:text-accent hover:underline">
            {parent.name}
          </PastLink>
        </Fact>
      )}
      <Fact name="Task key">{run.taskKey}</Fact>
      <Fact name="Dynamic key">{run.dynamicKey}</Fact>
    </RunFacts>
  );
  return (
    <RunLayout name={run.name} state={run.state} crumbs={parent ? [parent] : []} facts={facts}>
      <RunArtifacts run={{ taskRunId: id }} view={view} href={`/runs/task-run/${id}`} />
    </RunLayout>
  );
}

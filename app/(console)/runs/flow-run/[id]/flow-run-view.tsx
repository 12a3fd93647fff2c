"use client";

import { useQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import type { FlowRun } from "#contract/flow-run";
import { flowHref } from "../../../_list/flow-link";
import { deploymentsQuery, flowsQuery } from "../../../_list/producer-queries";
import { PastLink } from "../../../_past/past-link";
import { Fact } from "../../../_shell/fact";
import { flowRunQuery, type RunArtifactsView } from "../../queries";
import { RunArtifacts } from "../../run-artifacts";
import { RunFacts } from "../../run-facts";
import { RunLayout } from "../../run-layout";
import { TaskRuns } from "./task-runs";

export function FlowRunView({ id, view }: { id: string; view: RunArtifactsView }) {
  const api = useApi();
  const { data: run } = useQuery(flowRunQuery(api, id));
  const flow = useQuery({ ...flowsQuery(api, run ? [run.flowId] : []), enabled: run !== undefined }).data?.[0];
  const deploymentId = run?.deploymentId ?? null;
  const deployment = useQuery({
    ...deploymentsQuery(api, deploymentId === null ? [] : [deploymentId]),
    enabled: deploymentId !== null,
  }).data?.[0];
  if (!run) return null;
  const author = run.createdBy?.displayValue ?? run.createdBy?.type;
  const crumbs = flow ? [{ name: flow.name, href: flowHref(flow.id) }] : [];
  const facts = (
    <>
      <RunFacts run={run}>
        {flow && (
          <Fact name="Flow">
            <PastLink href={flowHref(flow.id)} prefetch={false} className="target hover:text-accent hover:underline">
              {flow.name}
            </PastLink>
          </Fact>
        )}
        {deployment && (
          <Fact name="Deployment">
            <PastLink
              href={`/runs/deployment/${deployment.id}`}
              prefetch={false}
              className="target hover:text-accent hover:underline"
            >
              {deployment.name}
            </PastLink>
          </Fact>
        )}
        {run.flowVersion && <Fact name="Flow version">{run.flowVersion}</Fact>}
        {run.workQueueName && <Fact name="Work queue">{run.workQueueName}</Fact>}
        {author && <Fact name="Created by">{author}</Fact>}
        {run.parentTaskRunId && (
          <Fact name="Parent">
            <PastLink
              href={`/runs/task-run/${run.parentTaskRunId}`}
              prefetch={false}
              className="target hover:text-accent hover:underline"
            >
              Task run
            </PastLink>
          </Fact>
        )}
      </RunFacts>
      <Parameters parameters={run.parameters} />
    </>
  );
  return (
    <RunLayout name={run.name} state={run.state} crumbs={crumbs} facts={facts}>
      <RunArtifacts run={{ flowRunId: id }} view={view} href={`/runs/flow-run/${id}`} />
      <TaskRuns flowRunId={id} />
    </RunLayout>
  );
}

function Parameters({ parameters }: { parameters: FlowRun["parameters"] }) {
  const entries = Object.entries(parameters);
  if (entries.length === 0) return null;
  return (
    <section aria-labelledby="parameters-title">
      <h2 id="parameters-title" className="mb-2 border-t pt-4 font-medium text-sm">
        Parameters
      </h2>
      <dl className="space-y-2.5 text-sm">
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt className="break-words text-faint">{name || "(empty name)"}</dt>
            <dd className="line-clamp-6 break-words font-mono text-xs leading-5">{JSON.stringify(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

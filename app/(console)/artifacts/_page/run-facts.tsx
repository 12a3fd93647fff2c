"use client";

import { useQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import { FlowLink } from "../../_list/flow-link";
import { taskRunsQuery } from "../../_list/producer-queries";
import { useProducers } from "../../_list/producers";
import { RunState } from "../../_list/run-state";
import { PastLink } from "../../_past/past-link";
import { Fact } from "../../_shell/fact";

/** The flow run that produced a version, and its flow. */
export function FlowRunFacts({ id }: { id: string }) {
  const producer = useProducers([{ flowRunId: id }])(id);
  if (!producer.run) {
    return (
      <Fact name="Flow run">
        {producer.known ? <span className="font-mono text-xs">{id}</span> : <UnknownRun id={id} />}
      </Fact>
    );
  }
  return (
    <>
      {producer.flow && (
        <Fact name="Flow">
          <FlowLink id={producer.run.flowId} name={producer.flow} />
        </Fact>
      )}
      <Fact name="Flow run">
        <PastLink
          href={`/runs/flow-run/${id}`}
          prefetch={false}
          title={id}
          className="target hover:text-accent hover:underline"
        >
          {producer.run.name}
        </PastLink>
        <RunState state={producer.run.state} />
      </Fact>
    </>
  );
}

/** The task run that produced a version. */
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
      <PastLink
        href={`/runs/task-run/${id}`}
        prefetch={false}
        title={id}
        className="target hover:text-accent hover:underline"
      >
        {run.name}
      </PastLink>
      <RunState state={run.state} />
    </Fact>
  );
}

/** A run that was never reported to this server, or was deleted. */
function UnknownRun({ id }: { id: string }) {
  return (
    <>
      <span className="block truncate font-mono text-xs" title={id}>
        {id}
      </span>
      <span className="text-faint">Unknown run</span>
    </>
  );
}

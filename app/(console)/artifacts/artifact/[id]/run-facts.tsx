"use client";

import Link from "next/link";
import { useProducers } from "../../../_list/producers";
import { RunState } from "../../../_list/run-state";
import { Fact } from "../../../_shell/fact";
import { UnknownRun } from "./unknown";

/** The flow run that produced a version: its flow, its name and its state; or its id, where nobody knows it any more. */
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
      {producer.flow && <Fact name="Flow">{producer.flow}</Fact>}
      <Fact name="Flow run">
        <Link href={`/runs/flow-run/${id}`} prefetch={false} title={id} className="hover:text-accent hover:underline">
          {producer.run.name}
        </Link>
        <RunState state={producer.run.state} />
      </Fact>
    </>
  );
}

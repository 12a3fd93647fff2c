"use client";

import { useQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import type { FlowRun } from "#contract/flow-run";
import { PastLink } from "../_past/past-link";
import { FlowLink } from "./flow-link";
import { distinct, flowRunsQuery, flowsQuery } from "./producer-queries";

export interface Producer {
  /** False once the server has replied without the run: it was deleted, or never reported. */
  known: boolean;
  run: FlowRun | null;
  flow: string | null;
}

export function useProducers(rows: { flowRunId: string | null }[]): (id: string) => Producer {
  const api = useApi();
  const runIds = distinct(rows.map((row) => row.flowRunId));
  const options = { staleTime: 60_000, refetchInterval: 60_000 };
  const runs = useQuery({ ...flowRunsQuery(api, runIds), ...options, enabled: runIds.length > 0 });
  const flowIds = distinct((runs.data ?? []).map((run) => run.flowId));
  const flows = useQuery({ ...flowsQuery(api, flowIds), ...options, enabled: flowIds.length > 0 });
  return (id) => {
    const run = runs.data?.find((each) => each.id === id) ?? null;
    const flow = run && (flows.data?.find((each) => each.id === run.flowId)?.name ?? null);
    return { known: run !== null || !runs.data, run, flow };
  };
}

/** The flow and a link to the flow run, in one line; with `short`, the name of the run without a link. */
export function ProducerLine({ id, producer, short = false }: { id: string; producer: Producer; short?: boolean }) {
  if (!producer.run) {
    return (
      <span className="text-faint" title={producer.known ? id : `${id} (unknown run)`}>
        <span className="font-mono text-xs">{id.slice(0, 8)}</span>
        {!producer.known && " · unknown"}
      </span>
    );
  }
  return (
    <span title={`${producer.flow ?? "Flow"} / ${producer.run.name}`}>
      {producer.flow && !short && (
        <span className="text-soft">
          <FlowLink id={producer.run.flowId} name={producer.flow} />{" "}
        </span>
      )}
      {short ? (
        <span className="text-faint">{producer.run.name}</span>
      ) : (
        <PastLink
          href={`/runs/flow-run/${id}`}
          prefetch={false}
          className="target text-faint hover:text-ink hover:underline"
        >
          {producer.run.name}
        </PastLink>
      )}
    </span>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useApi } from "#app/_data/client";
import type { FlowRun } from "#contract/flow-run";
import { distinct, flowRunsQuery, flowsQuery } from "./producer-queries";

/** A flow run with its flow's name; `known` is false once it is known that the run is gone, or was never told. */
export interface Producer {
  known: boolean;
  run: FlowRun | null;
  flow: string | null;
}

/** The names of the flow runs that produced these rows, looked up by id. */
export function useProducers(rows: { flowRunId: string | null }[]): (id: string) => Producer {
  const api = useApi();
  const runIds = distinct(rows.map((row) => row.flowRunId));
  const named = { staleTime: 60_000, refetchInterval: 60_000 };
  const runs = useQuery({ ...flowRunsQuery(api, runIds), ...named, enabled: runIds.length > 0 });
  const flowIds = distinct((runs.data ?? []).map((run) => run.flowId));
  const flows = useQuery({ ...flowsQuery(api, flowIds), ...named, enabled: flowIds.length > 0 });
  return (id) => {
    const run = runs.data?.find((each) => each.id === id) ?? null;
    const flow = run && (flows.data?.find((each) => each.id === run.flowId)?.name ?? null);
    return { known: run !== null || !runs.data, run, flow };
  };
}

/** Who produced a row, in one line: the flow and its run, which leads to it (`short`: the run alone, as text); an id that nobody knows any more says so. */
export function ProducerLine({ id, producer, short = false }: { id: string; producer: Producer; short?: boolean }) {
  if (!producer.run) {
    return (
      <span className="text-faint" title={producer.known ? id : `${id}, no longer known`}>
        <span className="font-mono text-xs">{id.slice(0, 8)}</span>
        {!producer.known && " · unknown"}
      </span>
    );
  }
  return (
    <span title={`${producer.flow ?? "flow"} / ${producer.run.name}`}>
      {producer.flow && !short && <span className="text-soft">{producer.flow} </span>}
      {short ? (
        <span className="text-faint">{producer.run.name}</span>
      ) : (
        <Link
          href={`/runs/flow-run/${id}`}
          prefetch={false}
          className="relative text-faint hover:text-ink hover:underline"
        >
          {producer.run.name}
        </Link>
      )}
    </span>
  );
}

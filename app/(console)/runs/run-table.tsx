"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useApi } from "#app/_data/client";
import { Age } from "#app/_ui/age";
import type { FlowRun } from "#contract/flow-run";
import { deploymentsQuery, distinct, flowsQuery } from "../_list/producer-queries";
import { RunState } from "../_list/run-state";
import { RunDuration } from "./run-duration";

const HEAD = "h-9 px-3 text-left font-normal text-xs text-faint first:pl-4 last:pr-4";
const CELL = "h-10 px-3 align-middle first:pl-4 last:pr-4";

/** Flow runs with the names of their flows and deployments; without these where all are of one deployment. */
export function RunTable({
  caption,
  runs,
  hideDeployment = false,
}: {
  caption: string;
  runs: FlowRun[];
  hideDeployment?: boolean;
}) {
  const api = useApi();
  const named = hideDeployment ? [] : runs;
  const flowIds = distinct(named.map((run) => run.flowId));
  const deploymentIds = distinct(named.map((run) => run.deploymentId));
  const flows = useQuery({ ...flowsQuery(api, flowIds), enabled: flowIds.length > 0 });
  const deployments = useQuery({ ...deploymentsQuery(api, deploymentIds), enabled: deploymentIds.length > 0 });
  return (
    <div className="overflow-hidden rounded-lg border bg-surface">
      <table className="w-full table-fixed border-collapse text-sm">
        <caption className="sr-only">{caption}</caption>
        <colgroup>
          <col className="md:w-[24%]" />
          {!hideDeployment && <col className="max-md:hidden" />}
          {!hideDeployment && <col className="max-lg:hidden" />}
          <col className="w-32 max-md:w-28" />
          <col className="max-lg:hidden" />
          <col className="w-40 max-md:hidden" />
          <col className="w-28 max-md:w-18" />
        </colgroup>
        <thead className="border-b max-md:sr-only">
          <tr>
            <th scope="col" className={HEAD}>
              Flow run
            </th>
            {!hideDeployment && (
              <>
                <th scope="col" className={HEAD}>
                  Flow
                </th>
                <th scope="col" className={`${HEAD} max-lg:hidden`}>
                  Deployment
                </th>
              </>
            )}
            <th scope="col" className={HEAD}>
              State
            </th>
            <th scope="col" className={`${HEAD} max-lg:hidden`}>
              Tags
            </th>
            <th scope="col" className={`${HEAD} text-right`}>
              Duration
            </th>
            <th scope="col" className={`${HEAD} text-right`}>
              Started
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow
              key={run.id}
              run={run}
              hideDeployment={hideDeployment}
              flow={flows.data?.find(({ id }) => id === run.flowId)?.name ?? ""}
              deployment={deployments.data?.find(({ id }) => id === run.deploymentId)?.name ?? ""}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The whole row is a link, by an overlay of the link in its first cell. */
function RunRow({
  run,
  hideDeployment,
  flow,
  deployment,
}: {
  run: FlowRun;
  hideDeployment: boolean;
  flow: string;
  deployment: string;
}) {
  return (
    <tr className="group relative border-b transition-colors last:border-b-0 hover:bg-hover has-focus-visible:bg-hover">
      <th scope="row" className={`${CELL} text-left font-normal max-md:py-2.5`}>
        <Link
          href={`/runs/flow-run/${run.id}`}
          prefetch={false}
          className="block truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {run.name}
        </Link>
        {!hideDeployment && <span className="mt-0.5 block truncate text-faint md:hidden">{flow}</span>}
      </th>
      {!hideDeployment && (
        <>
          <td className={`${CELL} truncate text-soft max-md:hidden`}>{flow}</td>
          <td className={`${CELL} truncate text-soft max-lg:hidden`}>{deployment}</td>
        </>
      )}
      <td className={`${CELL} truncate`}>
        <RunState state={run.state} />
      </td>
      <td className={`${CELL} truncate text-faint max-lg:hidden`}>{run.tags.join(", ")}</td>
      <td className={`${CELL} text-right text-soft tabular-nums max-md:hidden`}>
        <RunDuration run={run} />
      </td>
      <td className={`${CELL} text-right text-soft tabular-nums`}>
        {run.startTime ? (
          <Age of={run.startTime} className="relative" />
        ) : (
          <span className="text-faint">Not started</span>
        )}
      </td>
    </tr>
  );
}

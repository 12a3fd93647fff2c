"use client";

import { useQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import { Age } from "#app/_ui/age";
import type { FlowRun } from "#contract/flow-run";
import { MAX_RUN_ARTIFACTS } from "#contract/limits";
import { FAILED_STATES } from "#contract/state";
import { formatCount, pluralize } from "#formats/number";
import { ColumnHead, type Sorting } from "../_list/columns/column-head";
import { DeploymentLink, FlowLink } from "../_list/flow-link";
import { deploymentsQuery, distinct, flowsQuery } from "../_list/producer-queries";
import { ROW_FOCUS } from "../_list/row-focus";
import { RunState } from "../_list/run-state";
import { PastLink } from "../_past/past-link";
import { artifactCountsQuery } from "./queries";
import { DurationBar, RunDuration } from "./run-duration";
import { groupByFlow, longestByFlow } from "./run-groups";
import type { RunField } from "./view";

const CELL = "h-8 px-3 align-middle first:pl-4 last:pr-4";

/** Flow runs with what became of them; with the names of their flows and deployments unless all are of one. */
export function RunTable({
  caption,
  runs,
  hideFlow = false,
  hideDeployment = hideFlow,
  grouped = false,
  sorting,
}: {
  caption: string;
  runs: FlowRun[];
  hideFlow?: boolean;
  hideDeployment?: boolean;
  /** By flow. */
  grouped?: boolean;
  /** Where the heads of columns sort. */
  sorting?: Sorting<RunField>;
}) {
  const api = useApi();
  const flowIds = distinct(hideFlow ? [] : runs.map((run) => run.flowId));
  const deploymentIds = distinct(hideDeployment ? [] : runs.map((run) => run.deploymentId));
  const flows = useQuery({ ...flowsQuery(api, flowIds), enabled: flowIds.length > 0 });
  const deployments = useQuery({ ...deploymentsQuery(api, deploymentIds), enabled: deploymentIds.length > 0 });
  const counts = useQuery({ ...artifactCountsQuery(api, runs), enabled: runs.length > 0 });
  const longest = longestByFlow(runs);
  const flowName = (id: string) => flows.data?.find((each) => each.id === id)?.name ?? "";
  const showFlow = !hideFlow && !grouped;
  return (
    <div className="overflow-hidden rounded-lg border bg-surface">
      <table className="w-full table-fixed border-collapse text-sm">
        <caption className="sr-only">{caption}</caption>
        <colgroup>
          <col className={showFlow ? "md:w-[22%]" : ""} />
          {showFlow && <col className="max-md:hidden" />}
          {!hideDeployment && <col className="max-xl:hidden md:w-[11%]" />}
          <col className="max-md:w-28 md:w-[24%]" />
          <col className="w-24 max-lg:hidden" />
          <col className="w-36 max-md:hidden" />
          <col className="w-28 max-md:w-18" />
        </colgroup>
        <thead className="border-b max-md:sr-only">
          <tr>
            <ColumnHead name="Flow run" field="name" sorting={sorting} />
            {showFlow && <ColumnHead name="Flow" sorting={sorting} className="max-md:hidden" />}
            {!hideDeployment && <ColumnHead name="Deployment" sorting={sorting} className="max-xl:hidden" />}
            <ColumnHead name="State" sorting={sorting} />
            <ColumnHead name="Artifacts" sorting={sorting} className="text-right max-lg:hidden" />
            <ColumnHead name="Duration" sorting={sorting} className="text-right max-md:hidden" />
            <ColumnHead name="Started" field="started" sorting={sorting} className="text-right" />
          </tr>
        </thead>
        {(grouped ? groupByFlow(runs) : [{ flowId: "", runs }]).map((group) => (
          <tbody key={group.flowId} className="border-b last:border-b-0">
            {grouped && (
              <tr className="border-b bg-canvas">
                {/* As many columns as a phone has: more would take width from the others. */}
                <th scope="rowgroup" colSpan={3} className="h-8 truncate px-4 text-left font-medium text-sm">
                  <FlowLink id={group.flowId} name={flowName(group.flowId)} />{" "}
                  <span className="ml-1 font-normal text-faint">{pluralize(group.runs.length, "run")}</span>
                </th>
                {!hideDeployment && <td className="max-xl:hidden" />}
                <td className="max-lg:hidden" />
                <td className="max-md:hidden" />
              </tr>
            )}
            {group.runs.map((run) => (
              <RunRow
                key={run.id}
                run={run}
                flow={showFlow ? flowName(run.flowId) : null}
                deployment={
                  hideDeployment ? null : (deployments.data?.find(({ id }) => id === run.deploymentId)?.name ?? "")
                }
                artifacts={counts.data?.[run.id]}
                longest={longest.get(run.flowId) ?? 0}
              />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

/** The whole row is a link, by an overlay of the link in its first cell. A flow or deployment of null has no column. */
function RunRow({
  run,
  flow,
  deployment,
  artifacts,
  longest,
}: {
  run: FlowRun;
  flow: string | null;
  deployment: string | null;
  artifacts: number | undefined;
  /** Milliseconds of the longest run that its bar is compared with. */
  longest: number;
}) {
  const failed = run.state !== null && FAILED_STATES.includes(run.state.type);
  const message = (failed && run.state?.message) || "";
  return (
    <tr
      data-row={run.id}
      className="group relative border-b transition-colors last:border-b-0 hover:bg-hover has-focus-visible:bg-hover"
    >
      <th scope="row" className={`${CELL} text-left font-normal max-md:py-2.5`}>
        <PastLink
          href={`/runs/flow-run/${run.id}`}
          prefetch={false}
          {...ROW_FOCUS}
          className="block truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {run.name}
        </PastLink>
        <span className="mt-0.5 line-clamp-2 break-words text-faint md:hidden">
          {[flow, artifacts ? artifactsLabel(artifacts) : ""].filter(Boolean).join(" · ")}
        </span>
        {message && <span className="mt-0.5 line-clamp-2 break-words text-danger text-xs md:hidden">{message}</span>}
      </th>
      {flow !== null && (
        <td className={`${CELL} truncate text-soft max-md:hidden`}>
          <FlowLink id={run.flowId} name={flow} />
        </td>
      )}
      {deployment !== null && (
        <td className={`${CELL} truncate text-soft max-xl:hidden`}>
          {run.deploymentId !== null && <DeploymentLink id={run.deploymentId} name={deployment} />}
        </td>
      )}
      <td className={CELL}>
        <span className="flex min-w-0 items-center gap-2">
          <span className={message ? "shrink-0" : "min-w-0"}>
            <RunState state={run.state} />
          </span>
          {message && (
            <span className="min-w-0 truncate text-faint max-md:hidden" title={message}>
              {message}
            </span>
          )}
        </span>
      </td>
      <td className={`${CELL} text-right text-soft tabular-nums max-lg:hidden`}>
        {artifacts === 0 ? <span className="text-faint">–</span> : artifacts !== undefined && countLabel(artifacts)}
      </td>
      <td className={`${CELL} text-right text-soft tabular-nums max-md:hidden`}>
        <RunDuration run={run} />
        <DurationBar run={run} longest={longest} />
      </td>
      <td className={`${CELL} text-right text-soft tabular-nums`}>
        {run.startTime ? (
          <Age of={run.startTime} className="relative" />
        ) : (
          <span className="text-faint">
            {/* On a phone the state says so. */}
            <span className="max-md:sr-only">Not started</span>
            <span aria-hidden className="md:hidden">
              –
            </span>
          </span>
        )}
      </td>
    </tr>
  );
}

function countLabel(count: number): string {
  return count > MAX_RUN_ARTIFACTS ? `${formatCount(MAX_RUN_ARTIFACTS)}+` : formatCount(count);
}

function artifactsLabel(count: number): string {
  return count > MAX_RUN_ARTIFACTS ? `${countLabel(count)} artifacts` : pluralize(count, "artifact");
}

"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useApi } from "#app/_data/client";
import { Age } from "#app/_ui/age";
import { buttonClass } from "#app/_ui/button";
import type { FlowRun } from "#contract/flow-run";
import { formatCount, pluralize } from "#formats/number";
import { Pager } from "../_list/pager";
import { deploymentsQuery, distinct, flowsQuery } from "../_list/producer-queries";
import { RunState } from "../_list/run-state";
import { COUNT_LIMIT, runsCountQuery, runsQuery } from "./queries";
import { RunDuration } from "./run-duration";
import { activeFilters, type RunsView, runsHref } from "./view";

const HEAD = "h-9 px-3 text-left font-normal text-xs text-faint first:pl-4 last:pr-4";
const CELL = "h-10 px-3 align-middle first:pl-4 last:pr-4";

export function RunTotal({ view, now }: { view: RunsView; now: number }) {
  const { data: total } = useQuery(runsCountQuery(useApi(), view, now));
  if (total === undefined) return null;
  return (
    <span className="text-faint text-sm tabular-nums">
      {total > COUNT_LIMIT ? `${formatCount(COUNT_LIMIT)}+ flow runs` : pluralize(total, "flow run")}
    </span>
  );
}

/** A page of flow runs; spans of the filter end at `now`, when the page was rendered (milliseconds). */
export function RunList({ view, now }: { view: RunsView; now: number }) {
  const api = useApi();
  const { data } = useSuspenseQuery(runsQuery(api, view, now));
  const flowIds = distinct(data.items.map((run) => run.flowId));
  const deploymentIds = distinct(data.items.map((run) => run.deploymentId));
  const flows = useQuery({ ...flowsQuery(api, flowIds), enabled: flowIds.length > 0 });
  const deployments = useQuery({ ...deploymentsQuery(api, deploymentIds), enabled: deploymentIds.length > 0 });
  if (data.items.length === 0) return <NoRuns view={view} />;
  return (
    <>
      <div className="overflow-hidden rounded-lg border bg-surface">
        <table className="w-full table-fixed border-collapse text-sm">
          <caption className="sr-only">Flow runs</caption>
          <colgroup>
            <col className="md:w-[24%]" />
            <col className="max-md:hidden" />
            <col className="max-lg:hidden" />
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
              <th scope="col" className={HEAD}>
                Flow
              </th>
              <th scope="col" className={`${HEAD} max-lg:hidden`}>
                Deployment
              </th>
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
            {data.items.map((run) => (
              <RunRow
                key={run.id}
                run={run}
                flow={flows.data?.find(({ id }) => id === run.flowId)?.name ?? ""}
                deployment={deployments.data?.find(({ id }) => id === run.deploymentId)?.name ?? ""}
              />
            ))}
          </tbody>
        </table>
      </div>
      <Pager page={data} hrefOf={(cursor) => runsHref({ ...view, cursor })} />
    </>
  );
}

/** The whole row is a link, by an overlay of the link in its first cell. */
function RunRow({ run, flow, deployment }: { run: FlowRun; flow: string; deployment: string }) {
  return (
    <tr className="group relative border-b transition-colors last:border-b-0 hover:bg-hover has-focus-visible:bg-hover">
      <th scope="row" className={`${CELL} text-left font-normal max-md:py-2.5`}>
        <Link
          href={`/runs/flow-run/${run.id}`}
          prefetch={false}
          className="block truncate font-medium after:absolute after:inset-0 focus-visible:outline-none after:focus-visible:outline-2 after:focus-visible:-outline-offset-2 after:focus-visible:outline-accent"
        >
          {run.name}
        </Link>
        <span className="mt-0.5 block truncate text-faint md:hidden">{flow}</span>
      </th>
      <td className={`${CELL} truncate text-soft max-md:hidden`}>{flow}</td>
      <td className={`${CELL} truncate text-soft max-lg:hidden`}>{deployment}</td>
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

function NoRuns({ view }: { view: RunsView }) {
  const filters = activeFilters(view);
  const title = view.cursor ? "Nothing on this page any more" : filters.length > 0 ? "No matching runs" : "No runs yet";
  return (
    <div className="rounded-lg border border-edge border-dashed px-4 py-16 text-center text-sm text-soft">
      <h2 className="mb-3 font-medium text-base text-ink">{title}</h2>
      {view.cursor && (
        <Link href={runsHref({ ...view, cursor: "" })} className={buttonClass()}>
          Back to first page
        </Link>
      )}
      {!view.cursor && filters.length === 0 && <p>Runs appear here when a workflow reports them.</p>}
      {!view.cursor && (
        <ul className="flex flex-wrap justify-center gap-2">
          {filters.map(({ field, value, without }) => (
            <li key={`${field} ${value}`} className="max-w-full">
              <Link href={runsHref(without)} className={buttonClass("plain", "max-w-full")}>
                <span className="truncate">
                  Clear filter: {field} “{value}”
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

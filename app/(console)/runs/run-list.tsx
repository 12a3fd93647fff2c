"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useApi } from "#app/_data/client";
import { buttonClass } from "#app/_ui/button";
import { Pager } from "../_list/pager";
import { deploymentsQuery, distinct, flowsQuery } from "../_list/producer-queries";
import { runsQuery } from "./queries";
import { RunRow } from "./run-row";
import { activeFilters, type RunsView, runsHref } from "./view";

const HEAD = "h-9 px-3 text-left font-normal text-xs text-faint first:pl-4 last:pr-4";

/** A page of the flow runs at the moment of the page, one line each (two on a phone). */
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
            <col className="w-32 max-md:hidden" />
            <col className="w-22 max-md:w-18" />
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

/** Why the list is empty: this page ran out, nothing matches, or nothing ran yet. */
function NoRuns({ view }: { view: RunsView }) {
  const filters = activeFilters(view);
  const title = view.cursor ? "This page is empty now" : filters.length > 0 ? "Nothing matches" : "Nothing ran yet";
  return (
    <div className="rounded-lg border border-edge border-dashed px-4 py-16 text-center text-sm text-soft">
      <h2 className="mb-3 font-medium text-base text-ink">{title}</h2>
      {view.cursor && (
        <Link href={runsHref({ ...view, cursor: "" })} className={buttonClass()}>
          Back to the first page
        </Link>
      )}
      {!view.cursor && filters.length === 0 && <p>Flow runs appear here as soon as a workflow tells of them.</p>}
      {!view.cursor && (
        <ul className="flex flex-wrap justify-center gap-2">
          {filters.map(({ name, without }) => (
            <li key={name}>
              <Link href={runsHref(without)} className={buttonClass()}>
                Drop {name}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useApi } from "#app/_data/client";
import { buttonClass } from "#app/_ui/button";
import { formatCount, pluralize } from "#formats/number";
import { Pager } from "../_list/pager";
import { COUNT_LIMIT, runsCountQuery, runsQuery } from "./queries";
import { RunTable } from "./run-table";
import { activeFilters, type RunsView, runsHref } from "./view";

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
  const { data } = useSuspenseQuery(runsQuery(useApi(), view, now));
  if (data.items.length === 0) return <NoRuns view={view} />;
  return (
    <>
      <RunTable caption="Flow runs" runs={data.items} />
      <Pager page={data} hrefOf={(cursor) => runsHref({ ...view, cursor })} />
    </>
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

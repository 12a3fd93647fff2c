"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { lazy, useRef } from "react";
import { useApi } from "#app/_data/client";
import { loadCode } from "#app/_data/connection";
import type { FlowRunWhere } from "#contract/where";
import { formatCount, pluralize } from "#formats/number";
import { Pager } from "../_list/pager";
import { useRowKeys } from "../_list/row-focus";
import { useLateBoundary } from "../_shell/late-boundary";
import { COUNT_LIMIT, runsCountQuery, runsQuery } from "./queries";
import { RunTable } from "./run-table";
import { type RunsView, runsHref, sortingOf } from "./view";

export function RunTotal({ where }: { where: FlowRunWhere | undefined }) {
  const { data: total } = useQuery(runsCountQuery(useApi(), where));
  if (total === undefined) return null;
  return (
    <span className="text-faint text-sm tabular-nums">
      {total > COUNT_LIMIT ? `${formatCount(COUNT_LIMIT)}+ flow runs` : pluralize(total, "flow run")}
    </span>
  );
}

// Most visits find runs.
const NoRuns = lazy(() => loadCode(() => import("./no-runs")).then((module) => ({ default: module.NoRuns })));

/** A page of flow runs; `where` is the filter of the view when it was rendered. */
export function RunList({ view, where }: { view: RunsView; where: FlowRunWhere | undefined }) {
  const { data } = useSuspenseQuery(runsQuery(useApi(), view, where));
  const isEmpty = data.items.length === 0;
  const Boundary = useLateBoundary(isEmpty);
  const list = useRef<HTMLDivElement>(null);
  useRowKeys(list, runsHref(view));
  if (isEmpty) {
    return (
      <Boundary>
        <NoRuns view={view} />
      </Boundary>
    );
  }
  return (
    <div ref={list}>
      <RunTable caption="Flow runs" runs={data.items} grouped={view.group === "flow"} sorting={sortingOf(view)} />
      <Pager page={data} hrefOf={(cursor) => runsHref({ ...view, cursor })} />
    </div>
  );
}

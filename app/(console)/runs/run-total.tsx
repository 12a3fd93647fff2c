"use client";

import { useQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import { formatCount, pluralize } from "#formats/number";
import { COUNT_LIMIT, runsCountQuery } from "./queries";
import type { RunsView } from "./view";

/** How many flow runs a view has in all. */
export function RunTotal({ view, now }: { view: RunsView; now: number }) {
  const { data } = useQuery(runsCountQuery(useApi(), view, now));
  if (data === undefined) return null;
  return (
    <span className="text-faint text-sm tabular-nums">
      {data > COUNT_LIMIT ? `more than ${formatCount(COUNT_LIMIT)} flow runs` : pluralize(data, "flow run")}
    </span>
  );
}

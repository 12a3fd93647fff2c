"use client";

import { useQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import { formatCount, pluralize } from "#formats/number";
import { COUNT_LIMIT, countQuery } from "./queries";
import { scopeOf, type View } from "./view";

/** How many rows a view has in all. */
export function Total({ view }: { view: View }) {
  const { data } = useQuery(countQuery(useApi(), view));
  if (data === undefined) return null;
  const noun = { latest: "key", all: "version", keyless: "artifact" }[scopeOf(view)];
  return (
    <span className="text-faint text-sm tabular-nums">
      {data > COUNT_LIMIT ? `${formatCount(COUNT_LIMIT)}+ ${noun}s` : pluralize(data, noun)}
    </span>
  );
}

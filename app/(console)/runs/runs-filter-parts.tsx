"use client";

import { useClient } from "#app/_data/client";
import { FilterBuilder } from "../_list/filter/builder";
import { FilterChips } from "../_list/filter/chips";
import type { Filter } from "../_list/filter/use-facets";
import { type RunsView, runsHref } from "./view";
import { conditionsOf, FIELDS, filteredBy, runsWhere } from "./where";

interface Props {
  view: RunsView;
  onView: (view: RunsView) => void;
}

function useFilter({ view, onView }: Props): Filter {
  const client = useClient();
  return {
    fields: FIELDS,
    conditions: conditionsOf(view),
    onChange: (conditions) => onView(filteredBy(view, conditions)),
    hrefOf: (conditions) => runsHref(filteredBy(view, conditions)),
    loadFacets: (conditions) =>
      client.flowRun.facets.query({ where: runsWhere(filteredBy(view, conditions), Date.now()) }),
  };
}

/** Adds a condition to the filter of runs. */
export function RunFilterBuilder({ onClose, ...props }: Props & { onClose: () => void }) {
  return <FilterBuilder filter={useFilter(props)} onClose={onClose} />;
}

/** The conditions of the filter of runs, except the part of a name that is searched. */
export function RunFilterChips(props: Props) {
  return (
    <div className="basis-full empty:hidden">
      <FilterChips filter={useFilter(props)} searched="run" />
    </div>
  );
}

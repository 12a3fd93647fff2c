"use client";

import { useClient } from "#app/_data/client";
import { conditionsOf, filterFields, whereOf } from "#contract/list-filter/list-query";
import { FilterBuilder } from "../../../_list/filter/builder";
import { FilterChips } from "../../../_list/filter/chips";
import type { Filter } from "../../../_list/filter/use-facets";
import { hrefOf, scopeOf, type View } from "../view";
import { filteredBy } from "../where";

interface Props {
  view: View;
  onView: (view: View) => void;
}

function useFilter({ view, onView }: Props): Filter {
  const client = useClient();
  return {
    fields: filterFields(view),
    conditions: conditionsOf(view),
    onChange: (conditions) => onView(filteredBy(view, conditions)),
    hrefOf: (conditions) => hrefOf(filteredBy(view, conditions)),
    loadFacets: (conditions) => {
      const input = { where: whereOf(filteredBy(view, conditions)), asOf: view.asOf || undefined };
      return scopeOf(view) === "latest" ? client.collection.facets.query(input) : client.artifact.facets.query(input);
    },
  };
}

/** Adds a condition to the filter of a list of artifacts. */
export function ArtifactFilterBuilder({ onClose, ...props }: Props & { onClose: () => void }) {
  return <FilterBuilder filter={useFilter(props)} onClose={onClose} />;
}

/** The conditions of the filter of a list of artifacts, except the part of a key that is searched. */
export function ArtifactFilterChips(props: Props) {
  return <FilterChips filter={useFilter(props)} searched="key" />;
}

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Condition, FieldName } from "#contract/list-filter/condition";
import type { Facets } from "#contract/paging";

/** The filter of a list. */
export interface Filter {
  fields: readonly FieldName[];
  conditions: Condition[];
  onChange: (conditions: Condition[]) => void;
  /** The URL of the list with other conditions. */
  hrefOf: (conditions: Condition[]) => string;
  /** What the rows that match have in common. */
  loadFacets: (conditions: Condition[]) => Promise<Facets>;
}

/** What the rows that match some conditions have in common, and how many of them. */
export function useFacets(filter: Filter, conditions: Condition[]) {
  return useQuery({
    queryKey: ["facets", filter.hrefOf(conditions)],
    queryFn: () => filter.loadFacets(conditions),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

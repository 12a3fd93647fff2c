"use client";

import Link from "next/link";
import { useClient } from "#app/_data/client";
import { conditionsOf, filterFields } from "#contract/list-filter/list-query";
import { FilterBuilder } from "../../../_list/filter/builder";
import { FilterChips } from "../../../_list/filter/chips";
import type { Filter } from "../../../_list/filter/use-facets";
import { loadFacets } from "../load-facets";
import { hrefOf, type View } from "../view";
import { filteredBy } from "../where";
import { asFilters, asQuery } from "./query-text";

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
    loadFacets: (conditions) => loadFacets(client, filteredBy(view, conditions)),
  };
}

/** Adds a condition to the filter of a list of artifacts. */
export function ArtifactFilterBuilder({ onClose, ...props }: Props & { onClose: () => void }) {
  return <FilterBuilder filter={useFilter(props)} onClose={onClose} />;
}

/**
 * The conditions of the filter of a list of artifacts, and links that write them as a query, or show the conditions of the
 * query among them.
 */
export function ArtifactFilterChips(props: Props) {
  const { view } = props;
  const [written, shown] = [asQuery(view), asFilters(view)];
  return (
    <div className="flex basis-full flex-wrap items-center gap-x-3 gap-y-1.5 empty:hidden">
      <FilterChips filter={useFilter(props)} searched="key" />
      {written && <ConversionLink view={written}>Write as query</ConversionLink>}
      {shown && <ConversionLink view={shown}>Show as filters</ConversionLink>}
    </div>
  );
}

function ConversionLink({ view, children }: { view: View; children: string }) {
  return (
    <Link
      href={hrefOf(view)}
      prefetch={false}
      scroll={false}
      className="inline-flex h-7 items-center rounded-full px-2 text-sm text-soft transition-colors hover:bg-hover hover:text-ink"
    >
      {children}
    </Link>
  );
}

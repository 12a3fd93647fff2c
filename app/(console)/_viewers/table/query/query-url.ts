import { debounce, useQueryStates } from "nuqs";
import { useContext, useMemo } from "react";
import { NO_QUERY, type RowQuery } from "./row-query";
import { tableParsers } from "./table-params";
import { TableScope, urlKeysIn } from "./table-scope";

/** In milliseconds. */
const TYPING_PAUSE = 300;

/** The search, sort and filters of a table, stored in the URL. Columns are named there, by number where names repeat. */
export function useUrlQuery(names: string[]): [query: RowQuery, setQuery: (query: RowQuery) => void] {
  const [params, setParams] = useQueryStates(tableParsers, {
    limitUrlUpdates: debounce(TYPING_PAUSE),
    urlKeys: urlKeysIn(useContext(TableScope), tableParsers),
  });
  const { "table-search": search, "table-sort": sort, "table-filter": filters } = params;
  const labels = useMemo(() => labelsOf(names), [names]);
  const query = useMemo(() => parseQuery(labels, { search, sort, filters }), [labels, search, sort, filters]);
  return [
    query,
    (next) => {
      const written = formatQuery(labels, next);
      setParams({ "table-search": written.search, "table-sort": written.sort, "table-filter": written.filters });
    },
  ];
}

/** A query with columns by their labels. */
interface LabelledQuery {
  search: string;
  /** `people.asc`, `people.desc`, or empty. */
  sort: string;
  filters: Record<string, string>;
}

/** The names of columns, or `#2` for the second one where its name is empty, repeated or begins with `#`. */
export function labelsOf(names: string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return names.map((name, at) => (name === "" || name.startsWith("#") || counts.get(name) !== 1 ? `#${at + 1}` : name));
}

/** Leaves out columns that the table does not have. */
export function parseQuery(labels: string[], { search, sort, filters }: LabelledQuery): RowQuery {
  const [, label = "", direction] = /^(.*)\.(asc|desc)$/s.exec(sort) ?? [];
  const sorted = labels.indexOf(label);
  const filtered = Object.entries(filters).flatMap(([label, text]): [number, string][] => {
    const column = labels.indexOf(label);
    return column < 0 ? [] : [[column, text]];
  });
  if (search === "" && sorted < 0 && filtered.length === 0) return NO_QUERY;
  return {
    search,
    sort: sorted < 0 ? null : { column: sorted, descending: direction === "desc" },
    filters: Object.fromEntries(filtered),
  };
}

export function formatQuery(labels: string[], { search, sort, filters }: RowQuery): LabelledQuery {
  const filtered = labels.flatMap((label, at): [string, string][] => (filters[at] ? [[label, filters[at]]] : []));
  return {
    search,
    sort: sort ? `${labels[sort.column]}.${sort.descending ? "desc" : "asc"}` : "",
    filters: Object.fromEntries(filtered),
  };
}

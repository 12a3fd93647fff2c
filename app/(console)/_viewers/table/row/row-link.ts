import { useQueryStates } from "nuqs";
import { useContext } from "react";
import { rowParsers } from "../query/table-params";
import { TableScope, urlKeysIn } from "../query/table-scope";

/** A row by the texts of its key columns, or by its number where `by` is `#`, and a column of it. */
export interface RowLink {
  names: string[];
  /** The labels of the key columns; empty to look for the key of the table. */
  by: string[];
  /** The label of the column, or null for the whole row. */
  column: string | null;
}

/** Instead of a column: the row is linked by its number. */
export const BY_NUMBER = "#";

/** The row that the URL links to. */
export function useRowLink(): [link: RowLink | null, setLink: (link: RowLink | null) => void] {
  const [{ row, "row-by": by, column }, setParams] = useQueryStates(rowParsers, {
    urlKeys: urlKeysIn(useContext(TableScope), rowParsers),
  });
  const link = row.length === 0 ? null : { names: row, by, column };
  return [link, (next) => setParams(paramsOf(next))];
}

function paramsOf(link: RowLink | null) {
  return { row: link?.names ?? null, "row-by": link?.by ?? null, column: link?.column ?? null };
}

/** The search parameters that link to a row. */
export function rowQuery({ names, by, column }: RowLink): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of names) query.append("row", name);
  for (const label of by) query.append("row-by", label);
  if (column !== null) query.set("column", column);
  return query;
}

/** An address of a table, which may have a scope, with a link to a row. */
export function rowHref(link: RowLink, href: string, scope: string): string {
  const url = new URL(href);
  for (const name of ["row", "row-by", "column"]) url.searchParams.delete(scope + name);
  for (const [name, value] of rowQuery(link)) url.searchParams.append(scope + name, value);
  return url.href;
}

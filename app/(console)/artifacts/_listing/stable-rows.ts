import { useState } from "react";
import { useRefreshedAt } from "#app/_data/mutation";
import type { Page } from "#contract/paging";

interface Row {
  id: string;
  updated: string;
}

/**
 * The rows to display while live results arrive: they do not move under the reader. `next` and `previous` are the
 * cursors around these rows, not around those of the newest result. Rows are replaced by those of another `query`, by a
 * result that the server rendered (navigation or refresh, at `renderedAt`), and by the first one after a mutation of
 * this page; all times are milliseconds. `identityOf` is equal for two states of one row.
 */
export function useStableRows<T extends Row>(
  page: Page<T>,
  { query, updatedAt, renderedAt }: { query: string; updatedAt: number; renderedAt: number },
  identityOf: (row: T) => string,
): Omit<Page<T>, "items"> & { rows: T[]; newCount: number; showNew: () => void } {
  const { items, next, previous } = page;
  const refreshedAt = useRefreshedAt();
  const [displayed, setDisplayed] = useState({ rows: items, next, previous, query, renderedAt, refreshedAt });
  const included = {
    query,
    renderedAt: updatedAt >= renderedAt ? renderedAt : displayed.renderedAt,
    refreshedAt: updatedAt >= refreshedAt ? refreshedAt : displayed.refreshedAt,
  };
  const replaced =
    displayed.query !== query ||
    displayed.renderedAt !== included.renderedAt ||
    displayed.refreshedAt !== included.refreshedAt;
  const { rows, newCount } = replaced
    ? { rows: items, newCount: 0 }
    : mergeRows(displayed.rows, items, next !== null, identityOf);
  const fresh = { rows: items, next, previous, ...included };
  // State set during rendering: React renders again before it paints.
  if (replaced || (rows === items && rows !== displayed.rows)) setDisplayed(fresh);
  const around = rows === items ? fresh : displayed;
  return { rows, next: around.next, previous: around.previous, newCount, showNew: () => setDisplayed(fresh) };
}

/**
 * Updates displayed rows in place from a fresh page: changed rows get their new state, deleted ones are left out, and
 * none moves. `newCount` is the number of fresh rows that are not displayed, or not at their position. `hasMore` is
 * whether there are rows after the fresh page. Returns `fresh` itself where it only appends rows.
 */
export function mergeRows<T extends Row>(
  displayed: T[],
  fresh: T[],
  hasMore: boolean,
  identityOf: (row: T) => string,
): { rows: T[]; newCount: number } {
  const freshRows = new Map(fresh.map((row) => [identityOf(row), row]));
  const lastCommon = displayed.findLastIndex((row) => freshRows.has(identityOf(row)));
  const rows = displayed.flatMap((row, index) => {
    // Rows after the last common one were pushed off the page by new ones, not deleted.
    const current = freshRows.get(identityOf(row)) ?? (hasMore && index > lastCommon ? row : undefined);
    return current ? [current] : [];
  });
  if (rows.every((row, index) => row === fresh[index])) return { rows: fresh, newCount: 0 };
  const known = new Set(displayed.map(stateOf));
  return { rows, newCount: fresh.filter((row) => !known.has(stateOf(row))).length };
}

function stateOf({ id, updated }: Row): string {
  return `${id} ${updated}`;
}

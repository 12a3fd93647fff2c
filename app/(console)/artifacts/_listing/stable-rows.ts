/** What tells two rows apart, and two states of one. */
interface Row {
  id: string;
  updated: string;
}

/**
 * Rows as they are read, brought up to date where they stand: a row that is in the fresh answer takes its new state,
 * one that went is left out, and none moves. `news` counts what the fresh answer has that shows nowhere, or not in its
 * place. `nameOf` tells which rows are one and the same; `more` says that the fresh answer goes on beyond its last row.
 */
export function settled<T extends Row>(
  read: T[],
  fresh: T[],
  more: boolean,
  nameOf: (row: T) => string,
): { rows: T[]; news: number } {
  const now = new Map(fresh.map((row) => [nameOf(row), row]));
  const last = read.findLastIndex((row) => now.has(nameOf(row)));
  const rows = read.flatMap((row, at) => {
    // What lies behind the last row that is still there was pushed off by new ones, not removed.
    const found = now.get(nameOf(row)) ?? (more && at > last ? row : undefined);
    return found ? [found] : [];
  });
  // What is only added at the end moves nothing.
  if (rows.every((row, at) => row === fresh[at])) return { rows: fresh, news: 0 };
  const known = new Set(read.map(stateOf));
  return { rows, news: fresh.filter((row) => !known.has(stateOf(row))).length };
}

function stateOf({ id, updated }: Row): string {
  return `${id} ${updated}`;
}

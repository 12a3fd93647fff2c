import type { ParsedTable } from "#formats/table";

/** A column of either side: its name, and where it stands on each; null on the side that has it not. */
export interface Column {
  name: string;
  from: number | null;
  to: number | null;
}

/** The columns of both sides, matched by name (the second of a name to the second): as they stand now, each that is gone after its old neighbour. */
export function matchColumns(from: ParsedTable, to: ParsedTable): Column[] {
  const before = numbered(from.columns);
  const now = numbered(to.columns);
  const columns: Column[] = to.columns.map((name, at) => ({ name, from: null, to: at }));
  for (const [label, at] of now) {
    const column = columns[at];
    if (column) column.from = before.get(label) ?? null;
  }
  for (const [label, at] of before) {
    if (now.has(label)) continue;
    const neighbour = columns.findIndex((column) => column.from === at - 1);
    columns.splice(neighbour + 1, 0, { name: from.columns[at] ?? "", from: at, to: null });
  }
  return columns;
}

/** Each name with how often it came before, to its place. */
function numbered(names: string[]): Map<string, number> {
  const seen = new Map<string, number>();
  return new Map(
    names.map((name, at) => {
      const times = seen.get(name) ?? 0;
      seen.set(name, times + 1);
      return [`${times} ${name}`, at];
    }),
  );
}

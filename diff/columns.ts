import type { ParsedTable } from "#formats/table";

/** A column of either side, with its position on each; null where it does not exist. */
export interface Column {
  name: string;
  from: number | null;
  to: number | null;
}

/**
 * The columns of both sides, matched by name, repeated names in their order. In the order of `to`; a column that was
 * removed comes after its former left neighbour.
 */
export function matchColumns(from: ParsedTable, to: ParsedTable): Column[] {
  const before = positionsByLabel(from.columns);
  const after = positionsByLabel(to.columns);
  const columns: Column[] = to.columns.map((name, at) => ({ name, from: null, to: at }));
  for (const [label, at] of after) {
    const column = columns[at];
    if (column) column.from = before.get(label) ?? null;
  }
  for (const [label, at] of before) {
    if (after.has(label)) continue;
    const neighbour = columns.findIndex((column) => column.from === at - 1);
    columns.splice(neighbour + 1, 0, { name: from.columns[at] ?? "", from: at, to: null });
  }
  return columns;
}

/** The position of each name; the label has the number of its earlier occurrences before the name. */
function positionsByLabel(names: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  return new Map(
    names.map((name, at) => {
      const count = counts.get(name) ?? 0;
      counts.set(name, count + 1);
      return [`${count} ${name}`, at];
    }),
  );
}

import type { ParsedTable } from "#formats/table";
import type { Rename } from "./options";

/** A column of either side, with its position on each; null where it does not exist. */
export interface Column {
  name: string;
  /** Its name on the old side, if the reader said that it was renamed. */
  formerName?: string;
  from: number | null;
  to: number | null;
}

/**
 * The columns of both sides, matched by name, repeated names in their order. In the order of `to`; a column that was
 * removed comes after its former left neighbour.
 * @param renamed matches a removed column with an added one
 */
export function matchColumns(from: ParsedTable, to: ParsedTable, renamed: Rename[] = []): Column[] {
  const before = positionsByLabel(from.columns);
  const after = positionsByLabel(to.columns);
  const columns: Column[] = to.columns.map((name, at) => ({ name, from: null, to: at }));
  for (const [label, at] of after) {
    const column = columns[at];
    if (column) column.from = before.get(label) ?? null;
  }
  const matched = new Set(columns.map((column) => column.from));
  for (const rename of renamed) {
    const column = columns.find(({ name, from }) => name === rename.to && from === null);
    const former = from.columns.findIndex((name, at) => name === rename.from && !matched.has(at));
    if (!column || former < 0) continue;
    Object.assign(column, { from: former, formerName: rename.from });
    matched.add(former);
  }
  for (const at of before.values()) {
    if (matched.has(at)) continue;
    const neighbour = columns.findIndex((column) => column.from === at - 1);
    columns.splice(neighbour + 1, 0, { name: from.columns[at] ?? "", from: at, to: null });
  }
  return columns;
}

/** A column that exists on both sides. */
export interface SharedColumn extends Column {
  from: number;
  to: number;
}

export function isShared(column: Column): column is SharedColumn {
  return column.from !== null && column.to !== null;
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

const rows = new WeakSet<object>();

/** Marks the result of a create whose row existed already. The mark is not part of the row. */
export function existing<Row extends object>(row: Row): Row {
  rows.add(row);
  return row;
}

/** Whether a create returned this row instead of inserting it. */
export function isExisting(row: unknown): boolean {
  return typeof row === "object" && row !== null && rows.has(row);
}

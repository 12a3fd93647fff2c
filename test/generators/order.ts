const utf8 = new TextEncoder();

/** Text in byte order. */
function compared(a: string, b: string): number {
  return Buffer.compare(utf8.encode(a), utf8.encode(b));
}

/** The sort values of a row of any table. */
type Sorted = {
  [field in "name" | "startTime" | "expectedStartTime" | "nextScheduledStartTime" | "endTime"]?: string | null;
} & { [field in "versions" | "size" | "rows" | "number"]?: number | null } & {
  id: string;
  key?: string | null;
  type?: string | null;
  version?: number | string | null;
  created: string;
  updated: string;
};

/** Rows in the total order of a sort: by its value, then by id, both in one direction; those without a value are last. */
export function ordered<Row extends Sorted>(rows: Row[], sort: string): Row[] {
  const direction = sort.endsWith("_DESC") ? -1 : 1;
  const value = (row: Row) => sortValue(row, sort.replace(/_(ASC|DESC)$/, ""));
  return rows.toSorted((a, b) => {
    const [one, other] = [value(a), value(b)];
    const nullsLast = Number(one === null) - Number(other === null);
    const byValue = one === null || other === null ? nullsLast : direction * difference(one, other);
    return byValue || direction * compared(a.id, b.id);
  });
}

function difference(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number" ? a - b : compared(String(a), String(b));
}

/** The sort value of a row. */
function sortValue(row: Sorted, by: string): string | number | null {
  const values: Record<string, string | number | null | undefined> = {
    ID: row.id,
    CREATED: row.created,
    UPDATED: row.updated,
    NAME: row.name ?? null,
    // Without a key: last in KEY_ASC and first in KEY_DESC.
    KEY: row.key ?? "~",
    SIZE: row.size,
    VERSION: row.version,
    VERSIONS: row.versions,
    NUMBER: row.number,
    ROWS: row.rows,
    TYPE: row.type,
    START_TIME: row.startTime ?? row.expectedStartTime ?? row.created,
    EXPECTED_START_TIME: row.expectedStartTime ?? null,
    NEXT_SCHEDULED_START_TIME: row.nextScheduledStartTime ?? null,
    END_TIME: row.endTime ?? null,
  };
  const value = values[by];
  if (value === undefined) throw new Error(`no order is known for ${by}: say here what it sorts by.`);
  return value;
}

const utf8 = new TextEncoder();

/** Text in byte order. */
function compared(a: string, b: string): number {
  return Buffer.compare(utf8.encode(a), utf8.encode(b));
}

/** The sort values of a row of any table. */
type Sorted = {
  [field in "name" | "startTime" | "expectedStartTime" | "nextScheduledStartTime" | "endTime"]?: string | null;
} & { id: string; key?: string | null; created: string; updated: string };

/** Rows in the total order of a sort: by its value, then by id, both in one direction. */
export function ordered<Row extends Sorted>(rows: Row[], sort: string): Row[] {
  const direction = sort.endsWith("_DESC") ? -1 : 1;
  const value = (row: Row) => sortValue(row, sort.replace(/_(ASC|DESC)$/, ""), direction);
  return rows.toSorted((a, b) => direction * (compared(value(a), value(b)) || compared(a.id, b.id)));
}

/** The sort value of a row; without a time it sorts last. */
function sortValue(row: Sorted, by: string, direction: number): string {
  const last = direction < 0 ? "" : "~";
  const values: Record<string, string> = {
    ID: row.id,
    CREATED: row.created,
    UPDATED: row.updated,
    NAME: row.name ?? last,
    // Without a key: last in KEY_ASC and first in KEY_DESC.
    KEY: row.key ?? "~",
    START_TIME: row.startTime ?? row.expectedStartTime ?? row.created,
    EXPECTED_START_TIME: row.expectedStartTime ?? last,
    NEXT_SCHEDULED_START_TIME: row.nextScheduledStartTime ?? last,
    END_TIME: row.endTime ?? last,
  };
  const value = values[by];
  if (value === undefined) throw new Error(`no order is known for ${by}: say here what it sorts by.`);
  return value;
}

import { sql } from "drizzle-orm";
import type { Artifact } from "#contract/artifact";
import { VitrineError } from "#contract/error";
import type { Json } from "#contract/json";
import type { Database } from "#db/postgres";
import { uuids } from "./where";

const MAX_TOGETHER = 32 * 1024 * 1024;

/** What stands for a data text in an answer; only its door knows. */
export type ValueOf = (text: string) => Json;

/**
 * Puts data into fresh rows where it was asked for, as `value` makes it of the stored text. PAYLOAD_TOO_LARGE, with how
 * many rows fit, above 32 MiB in all.
 */
export async function withData<Row extends Artifact>(
  db: Database,
  rows: Row[],
  include: "data"[] | undefined,
  value: ValueOf,
): Promise<Row[]> {
  if (!include?.includes("data")) return rows;
  const fits = countThatFit(rows);
  if (fits < rows.length) {
    throw new VitrineError("PAYLOAD_TOO_LARGE", `The data of these rows is above 32 MiB: ask for at most ${fits}.`, {
      fits,
    });
  }
  const stored = await db.execute<{ artifact_id: string; data: string }>(
    sql`select artifact_id, data from artifact_data where artifact_id = any(${uuids(rows.map((row) => row.id))})`,
  );
  const texts = new Map(stored.map(({ artifact_id, data }) => [artifact_id, data]));
  for (const row of rows) row.data = value(texts.get(row.id) ?? "null");
  return rows;
}

function countThatFit(rows: Artifact[]): number {
  let together = 0;
  for (const [count, row] of rows.entries()) {
    together += row.size;
    if (together > MAX_TOGETHER) return count;
  }
  return rows.length;
}

import { sql } from "drizzle-orm";
import type { Artifact } from "#contract/artifact";
import { VitrineError } from "#contract/error";
import { RawJson } from "#contract/raw-json";
import type { Database } from "#db/postgres";
import { uuids } from "./query/where";

const MAX_RESPONSE = 32 * 1024 * 1024;

/** Data as a parameter of a statement, and as a text that is hashed. */
export function dataParameter(data: RawJson): string {
  return data.text();
}

/** Adds data to fresh rows if it is included. PAYLOAD_TOO_LARGE, with how many rows fit, above 32 MiB in total. */
export async function withData<Row extends Artifact<RawJson>>(
  db: Database,
  rows: Row[],
  include: "data"[] | undefined,
): Promise<Row[]> {
  if (!include?.includes("data")) return rows;
  const fits = countThatFit(rows);
  if (fits < rows.length) {
    throw new VitrineError("PAYLOAD_TOO_LARGE", `Response exceeds 32 MiB; set limit to ${fits} or less.`, {
      fits,
    });
  }
  const stored = await db.execute<{ artifact_id: string; data: string }>(
    sql`select artifact_id, data from artifact_data where artifact_id = any(${uuids(rows.map((row) => row.id))})`,
  );
  const texts = new Map(stored.map(({ artifact_id, data }) => [artifact_id, data]));
  for (const row of rows) row.data = RawJson.fromText(texts.get(row.id) ?? "null");
  return rows;
}

function countThatFit(rows: Artifact<RawJson>[]): number {
  let together = 0;
  for (const [count, row] of rows.entries()) {
    together += row.size;
    if (together > MAX_RESPONSE) return count;
  }
  return rows.length;
}

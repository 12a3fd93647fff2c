import { sql } from "drizzle-orm";
import type { Artifact } from "#contract/artifact";
import { StoreError } from "#contract/error";
import type { Database } from "#db/postgres";
import { artifactData } from "#db/schema";
import { uuids } from "./where";

const MAX_TOGETHER = 32 * 1024 * 1024;

/** Adds the data of listed rows where it was asked for. PAYLOAD_TOO_LARGE, with how many rows fit, above 32 MiB in all. */
export async function withData(
  db: Database,
  rows: Artifact[],
  include: "data"[] | undefined,
): Promise<(Artifact & { text?: string })[]> {
  if (!include?.includes("data")) return rows;
  const fits = countThatFit(rows);
  if (fits < rows.length) {
    throw new StoreError("PAYLOAD_TOO_LARGE", `The data of these rows is above 32 MiB: ask for at most ${fits}.`, {
      fits,
    });
  }
  const stored = await db
    .select({ id: artifactData.artifactId, text: artifactData.data })
    .from(artifactData)
    .where(sql`${artifactData.artifactId} = any(${uuids(rows.map((row) => row.id))})`);
  const texts = new Map(stored.map(({ id, text }) => [id, text]));
  return rows.map((row) => ({ ...row, text: texts.get(row.id) ?? "null" }));
}

function countThatFit(rows: Artifact[]): number {
  let together = 0;
  for (const [count, row] of rows.entries()) {
    together += row.size;
    if (together > MAX_TOGETHER) return count;
  }
  return rows.length;
}

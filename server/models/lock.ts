import { eq, sql } from "drizzle-orm";
import type { Database } from "#db/postgres";
import { artifact, artifactCollection } from "#db/schema";
import { gone } from "./version";
import { texts } from "./where";

/** Locks these keys for the rest of the transaction, in sorted order, so that no two writers wait for each other. */
export async function lockKeys(tx: Database, keys: (string | null)[]): Promise<void> {
  const named = [...new Set(keys)].filter((key) => key !== null);
  if (named.length === 0) return;
  await tx
    .select({ key: artifactCollection.key })
    .from(artifactCollection)
    .where(sql`${artifactCollection.key} = any(${texts(named)})`)
    .orderBy(artifactCollection.key)
    .for("update");
}

/** Locks the key of one version; without a key the version is its own lock. NOT_FOUND when it does not live. */
export async function lockOne(tx: Database, id: string): Promise<{ key: string | null; type: string | null }> {
  const [row] = await tx.select({ key: artifact.key, type: artifact.type }).from(artifact).where(eq(artifact.id, id));
  if (!row) throw await gone(tx, { id });
  if (row.key === null) await tx.select({ id: artifact.id }).from(artifact).where(eq(artifact.id, id)).for("update");
  else await lockKeys(tx, [row.key]);
  return row;
}

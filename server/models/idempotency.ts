import { createHash } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { StoreError } from "#contract/error";
import type { Database } from "#db/postgres";
import { artifactIdempotency } from "#db/schema";

/**
 * Makes a thing once under an idempotency key, or says which one it made before. A concurrent holder of the key is
 * waited for. CONFLICT when the key came with another body.
 */
export async function once<T>(
  tx: Database,
  key: string,
  body: unknown,
  make: (id: string) => Promise<T>,
): Promise<{ made: T } | { id: string }> {
  const hash = createHash("sha256").update(JSON.stringify(body)).digest("hex");
  const claimed = await tx
    .insert(artifactIdempotency)
    .values({ key, hash, artifactId: uuid(), used: sql`clock_timestamp()` })
    .onConflictDoNothing()
    .returning({ id: artifactIdempotency.artifactId });
  if (claimed[0]) return { made: await make(claimed[0].id) };
  const [earlier] = await tx.select().from(artifactIdempotency).where(eq(artifactIdempotency.key, key));
  if (earlier?.hash !== hash) {
    throw new StoreError("CONFLICT", "This idempotency key was used with another body.", { field: "idempotencyKey" });
  }
  return { id: earlier.artifactId };
}

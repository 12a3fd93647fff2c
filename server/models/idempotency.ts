import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { VitrineError } from "#contract/error";
import type { Database } from "#db/postgres";
import { artifactIdempotency } from "#db/schema";
import { texts } from "./query/where";

/** A create with its idempotency key, if any. */
interface IdempotentRequest {
  key: string | undefined;
  body: unknown;
}

/** The id of a create, and whether to insert it now (once, also if a batch repeats a key). */
export interface Claim {
  id: string;
  fresh: boolean;
}

/**
 * Claims idempotency keys, in sorted order, for rows of this transaction; for a used key returns the id that it created.
 * Waits for a concurrent transaction that holds a key. CONFLICT for a key that was used with another body.
 */
export async function claim(tx: Database, requests: IdempotentRequest[]): Promise<Claim[]> {
  // Ids rise in the order of the items, so that ties of `created` keep that order.
  const ids = requests.map(() => uuid());
  const known = await claimKeys(tx, requests, ids);
  return requests.map(({ key, body }, i) => {
    const claimed = key === undefined ? undefined : known.get(key);
    if (!claimed) return { id: ids[i] ?? uuid(), fresh: true };
    if (claimed.hash !== hashOf(body)) {
      throw new VitrineError("CONFLICT", "This idempotency key was used with another request body.", {
        field: "idempotencyKey",
      });
    }
    const { id, fresh } = claimed;
    claimed.fresh = false;
    return { id, fresh };
  });
}

async function claimKeys(
  tx: Database,
  requests: IdempotentRequest[],
  ids: string[],
): Promise<Map<string, Claim & { hash: string }>> {
  const bodies = new Map(requests.flatMap(({ key, body }) => (key === undefined ? [] : [[key, body]])));
  if (bodies.size === 0) return new Map();
  const first = new Map(requests.map(({ key }, i) => [key, ids[i]] as const).reverse());
  const keys = [...bodies.keys()].sort();
  const used = sql`clock_timestamp()`;
  const fresh = await tx
    .insert(artifactIdempotency)
    .values(keys.map((key) => ({ key, hash: hashOf(bodies.get(key)), artifactId: first.get(key) ?? uuid(), used })))
    .onConflictDoNothing()
    .returning({ key: artifactIdempotency.key });
  const mine = new Set(fresh.map(({ key }) => key));
  const rows = await tx
    .select()
    .from(artifactIdempotency)
    .where(sql`${artifactIdempotency.key} = any(${texts(keys)})`);
  return new Map(rows.map(({ key, hash, artifactId }) => [key, { hash, id: artifactId, fresh: mine.has(key) }]));
}

/** The hash that a repeated request must match. */
export function hashOf(body: unknown): string {
  return createHash("sha256").update(JSON.stringify(body)).digest("hex");
}

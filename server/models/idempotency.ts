import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { NIL } from "uuid";
import type { z } from "zod";
import type { ArtifactCreate } from "#contract/artifact";
import { VitrineError } from "#contract/error";
import { RawJson } from "#contract/raw-json";
import type { Database } from "#db/postgres";
import { artifactIdempotency } from "#db/schema";
import { textPieces } from "#formats/json-text";
import { createPauses, runBySize } from "#formats/steps";
import { texts } from "./query/where";

/** A create with its idempotency key, if any, and then with the hash that a repeated request must match. */
export interface IdempotentRequest {
  key: string | undefined;
  hash: string;
}

/** Whether to create an artifact (once, also if a batch repeats a key), or the id of the one that exists already. */
export interface Claim {
  fresh: boolean;
  /** Absent where the artifact is created by this transaction. */
  id?: string;
  /** Whether it existed before, with the content that was to be created. */
  unchanged?: boolean;
}

/**
 * Claims idempotency keys, in sorted order, for artifacts that this transaction creates; `completeClaims` then names them.
 * Waits for a concurrent transaction that holds a key. CONFLICT for a key that was used with another body.
 */
export async function claim(tx: Database, requests: IdempotentRequest[]): Promise<Claim[]> {
  const known = await claimKeys(tx, requests);
  return requests.map(({ key, hash: expected }) => {
    const claimed = key === undefined ? undefined : known.get(key);
    if (!claimed) return { fresh: true };
    if (claimed.hash !== expected) throw usedKeyError();
    const { hash, ...rest } = claimed;
    claimed.fresh = false;
    return rest;
  });
}

export function usedKeyError(): VitrineError {
  return new VitrineError("CONFLICT", "This idempotency key was used with another request body.", {
    field: "idempotencyKey",
  });
}

async function claimKeys(tx: Database, requests: IdempotentRequest[]): Promise<Map<string, Claim & { hash: string }>> {
  const hashes = new Map(requests.flatMap(({ key, hash }) => (key === undefined ? [] : [[key, hash]])));
  if (hashes.size === 0) return new Map();
  const keys = [...hashes.keys()].sort();
  const used = sql`clock_timestamp()`;
  const fresh = await tx
    .insert(artifactIdempotency)
    .values(keys.map((key) => ({ key, hash: hashes.get(key) ?? "", artifactId: NIL, used })))
    .onConflictDoNothing()
    .returning({ key: artifactIdempotency.key });
  const mine = new Set(fresh.map(({ key }) => key));
  const rows = await tx
    .select()
    .from(artifactIdempotency)
    .where(sql`${artifactIdempotency.key} = any(${texts(keys)})`);
  return new Map(
    rows.map(({ key, hash, artifactId, unchanged }) => {
      const claim = mine.has(key) ? { fresh: true } : { fresh: false, id: artifactId, unchanged: unchanged === true };
      return [key, { hash, ...claim }];
    }),
  );
}

/** Names the artifacts that claimed keys stand for. */
export async function completeClaims(
  tx: Database,
  created: Map<string, { id: string; unchanged?: boolean }>,
): Promise<void> {
  if (created.size === 0) return;
  const rows = JSON.stringify([...created].map(([key, { id, unchanged }]) => ({ key, id, unchanged })));
  await tx.execute(sql`
    update artifact_idempotency i set artifact_id = created.id, unchanged = created.unchanged
    from json_to_recordset(${rows}::json) as created (key text, id uuid, unchanged boolean) where i.key = created.key`);
}

/** The hash of the fields of a request and its data: in steps where the data is large. */
export function hashOf(fields: object, data: RawJson): string | Promise<string> {
  return runBySize(data.bytes, hashed(fields, data.text()));
}

/** Of the JSON text of a list of both, so that it equals the hashes of earlier versions. */
function* hashed(fields: object, data: string): Generator<void, string> {
  const hash = createHash("sha256").update(`[${JSON.stringify(fields)},"`);
  for (const piece of textPieces(data)) {
    hash.update(JSON.stringify(piece).slice(1, -1));
    yield;
  }
  return hash.update('"]').digest("hex");
}

type Item = z.output<typeof ArtifactCreate>;

/** What is claimed for items to publish. */
export async function requestsOf(items: readonly Item[]): Promise<IdempotentRequest[]> {
  const pause = createPauses();
  const requests: IdempotentRequest[] = [];
  for (const item of items) {
    const key = item.idempotencyKey;
    requests.push({ key, hash: key === undefined ? "" : await requestHash(item) });
    if (key !== undefined) await pause(item.data?.bytes ?? 0);
  }
  return requests;
}

/** What a repeated request with the same idempotency key must match; it was the same before there was `ifChanged`. */
export function requestHash({
  idempotencyKey: _,
  data = RawJson.null,
  ifChanged,
  ...fields
}: Item): string | Promise<string> {
  return hashOf(ifChanged ? { ...fields, ifChanged } : fields, data);
}

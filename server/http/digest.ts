import { createHash, timingSafeEqual } from "node:crypto";

/** The SHA-256 of a secret: what is kept of it, and compared. */
export function digest(secret: string): Uint8Array {
  return new Uint8Array(createHash("sha256").update(secret, "utf8").digest());
}

/** Whether two digests are the same, in a time that does not depend on where they differ. */
export function sameDigest(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

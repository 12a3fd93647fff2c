import { createHash, createHmac, timingSafeEqual } from "node:crypto";

export interface TextSigner {
  /** `TEXT.SIGNATURE` */
  sign(text: string): string;
  /** The text; null where its signature is another. */
  verify(signed: string): string | null;
}

/** @param purpose makes signatures of one kind worthless as those of another */
export function createSigner(secret: string, purpose: string): TextSigner {
  const signature = signatureBy(secret, purpose);
  return {
    sign: (text) => `${text}.${signature(text)}`,
    verify(signed) {
      const dot = signed.lastIndexOf(".");
      const text = signed.slice(0, Math.max(0, dot));
      return equalTexts(signed.slice(dot + 1), signature(text)) ? text : null;
    },
  };
}

/** Makes the signatures of texts, in base64url. @param purpose as for `createSigner` */
export function signatureBy(secret: string, purpose: string): (text: string) => string {
  const key = sha256(`vitrine ${purpose} ${secret}`);
  return (text) => createHmac("sha256", key).update(text).digest("base64url");
}

export function sha256(text: string): Uint8Array {
  return new Uint8Array(createHash("sha256").update(text, "utf8").digest());
}

/** Compares in constant time. */
export function equalDigests(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Compares texts of any lengths in constant time. */
export function equalTexts(one: string, other: string): boolean {
  return equalDigests(sha256(one), sha256(other));
}

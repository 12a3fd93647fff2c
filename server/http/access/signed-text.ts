import { createHash, createHmac, timingSafeEqual } from "node:crypto";

export interface TextSigner {
  /** `TEXT.SIGNATURE` */
  sign(text: string): string;
  /** The text; null where its signature is another. */
  verify(signed: string): string | null;
}

/** @param purpose makes signatures of one kind worthless as those of another */
export function createSigner(secret: string, purpose: string): TextSigner {
  const key = new Uint8Array(createHash("sha256").update(`vitrine ${purpose} ${secret}`).digest());
  const signatureOf = (text: string) => new Uint8Array(createHmac("sha256", key).update(text).digest());
  return {
    sign: (text) => `${text}.${Buffer.from(signatureOf(text)).toString("base64url")}`,
    verify(signed) {
      const dot = signed.lastIndexOf(".");
      const text = signed.slice(0, Math.max(0, dot));
      const [received, expected] = [new Uint8Array(Buffer.from(signed.slice(dot + 1), "base64url")), signatureOf(text)];
      return received.length === expected.length && timingSafeEqual(received, expected) ? text : null;
    },
  };
}

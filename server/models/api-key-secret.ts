import { createHash, createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign, verify } from "node:crypto";

const PREFIX = "vitrine_";
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A secret of 256 random bits, with a prefix that scanners of leaked secrets can find. */
export function newSecret(): string {
  let rest = BigInt(`0x${randomBytes(32).toString("hex")}`);
  let digits = "";
  for (let n = 0; n < 43; n++) {
    digits = `${ALPHABET[Number(rest % 62n)]}${digits}`;
    rest /= 62n;
  }
  return `${PREFIX}${digits}`;
}

/** How a secret begins: enough to recognize it, and nothing to guess it by. */
export function hintOf(secret: string): string {
  return secret.slice(0, PREFIX.length + 4);
}

/** What is stored of a secret, as hex. */
export function digestOf(secret: string): string {
  return createHash("sha256").update(secret, "utf8").digest("hex");
}

// RFC 8410: an Ed25519 private key is any 32 bytes.
const PRIVATE_KEY = Buffer.from("302e020100300506032b657004220420", "hex");

function signerOf(secret: string): KeyObject {
  const seed = createHash("sha256").update(`vitrine session ${secret}`, "utf8").digest();
  const key = new Uint8Array([...PRIVATE_KEY, ...seed]);
  return createPrivateKey({ key: Buffer.from(key), format: "der", type: "pkcs8" });
}

/** The public key of a secret, as hex. Whoever reads it in the database can verify sessions of the secret, but sign none. */
export function verifierOf(secret: string): string {
  return createPublicKey(signerOf(secret)).export({ format: "der", type: "spki" }).toString("hex");
}

/** Signs a text as the owner of a secret. */
export function signWith(secret: string, text: string): string {
  return sign(null, new Uint8Array(Buffer.from(text)), signerOf(secret)).toString("base64url");
}

/** Whether the owner of a verifier's secret signed a text. */
export function isSignedBy(verifier: string, text: string, signature: string): boolean {
  const key = createPublicKey({ key: Buffer.from(verifier, "hex"), format: "der", type: "spki" });
  const [bytes, signed] = [Buffer.from(text), Buffer.from(signature, "base64url")];
  return verify(null, new Uint8Array(bytes), key, new Uint8Array(signed));
}

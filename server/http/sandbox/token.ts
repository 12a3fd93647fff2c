import { z } from "zod";
import { Id } from "#contract/value";
import { CredentialName } from "../access/recall";
import { createSigner, type TextSigner } from "../access/signed-text";

/** In seconds: how long a link can be used. */
const LIFETIME = 600;

/** What a link gives: the files of one version, with the rights of who opened it. */
export interface Grant {
  artifact: string;
  credential: CredentialName;
  /** In seconds since 1970. */
  expires: number;
  /** The host of the page that shows it. */
  page: string;
}

/** As short as it can be, since the policies of documents repeat it. */
const Parts = z
  .tuple([Id, CredentialName, z.int(), z.string()])
  .transform(([artifact, credential, expires, page]): Grant => ({ artifact, credential, expires, page }));

export interface Tokens {
  /** @param lifetime in seconds */
  create(grant: Omit<Grant, "expires">, lifetime?: number): Promise<{ token: string; expires: number }>;
  /** null for a token that was not made by a server with the same secret. */
  read(token: string): Promise<Grant | null>;
}

/**
 * Makes and reads the tokens of links: a grant and its signature, which no other text of this server has.
 * @param readSecret that of all servers on one database; read once
 */
export function createTokens(readSecret: () => Promise<string>): Tokens {
  let signer: TextSigner | undefined;
  const open = async () => {
    signer ??= createSigner(await readSecret(), "sandbox");
    return signer;
  };
  return {
    async create({ artifact, credential, page }, lifetime = LIFETIME) {
      const expires = Math.floor(Date.now() / 1000) + lifetime;
      const text = Buffer.from(JSON.stringify([artifact, credential, expires, page])).toString("base64url");
      const { sign } = await open();
      return { token: sign(text), expires };
    },
    async read(token) {
      const { verify } = await open();
      const text = verify(token);
      if (text === null) return null;
      return Parts.safeParse(JSON.parse(Buffer.from(text, "base64url").toString("utf8"))).data ?? null;
    },
  };
}

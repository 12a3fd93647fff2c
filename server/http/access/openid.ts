import * as client from "openid-client";
import type { PersonSignIn } from "#server/models/person";
import type { GroupRole, OpenId } from "#server/process/openid-env";

/** How long a provider's own description is used before it is read again, in milliseconds. */
const METADATA_AGE = 10 * 60_000;

/** How long a request to the provider may take, in seconds. */
const TIMEOUT = 10;

/** Longer ID tokens are left out of the URL to sign out: browsers and providers do not take URLs of any length. */
const MAX_HINT = 4096;

/** What a browser keeps between the redirect to the provider and its return. */
export interface Attempt {
  state: string;
  nonce: string;
  verifier: string;
}

/**
 * The groups that have a role, the greatest of their roles, and the keys that it reaches: those of each group that has it;
 * null where no group has a role.
 */
export function roleOf(roles: readonly GroupRole[], groups: readonly string[]) {
  const matching = roles.filter(({ group }) => group === "*" || groups.includes(group));
  const role = (["admin", "write", "read"] as const).find((role) => matching.some((each) => each.role === role));
  if (!role) return null;
  const patterns = matching.filter((each) => each.role === role).map(({ keys }) => keys);
  const keys = patterns.includes(undefined) ? null : [...new Set(patterns)].join(",");
  return { role, keys, groups: [...new Set(matching.map(({ group }) => group))].sort() };
}

/** Signs people in at a provider: authorization code with PKCE, state and nonce. Reads its description when it is needed. */
export function createProvider({ issuer, clientId, clientSecret, scopes, groupsClaim, roles }: OpenId) {
  const url = new URL(issuer);
  const extensions = [
    // Signatures are checked too, though the tokens come from the provider itself.
    client.enableNonRepudiationChecks,
    ...(url.protocol === "http:" ? [client.allowInsecureRequests] : []),
  ];
  let known: { metadata: client.ServerMetadata; read: number } | undefined;

  // Of each sign-in its own, so that the provider's keys are those of now.
  async function configuration(): Promise<client.Configuration> {
    if (known && Date.now() - known.read > METADATA_AGE) known = undefined;
    if (!known) {
      const options = { timeout: TIMEOUT, execute: extensions };
      const found = await client.discovery(url, clientId, clientSecret, undefined, options);
      known = { metadata: found.serverMetadata(), read: Date.now() };
    }
    const { metadata } = known;
    const isPost = metadata.token_endpoint_auth_methods_supported?.includes("client_secret_post") ?? false;
    const authentication = isPost ? client.ClientSecretPost(clientSecret) : client.ClientSecretBasic(clientSecret);
    const configured = new client.Configuration(metadata, clientId, clientSecret, authentication);
    configured.timeout = TIMEOUT;
    for (const extend of extensions) extend(configured);
    return configured;
  }

  return {
    /** Where the browser goes to sign in. Rejects where the provider's description cannot be read. */
    async begin(redirectUrl: string): Promise<{ url: string; attempt: Attempt }> {
      const configured = await configuration();
      const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()];
      const destination = client.buildAuthorizationUrl(configured, {
        redirect_uri: redirectUrl,
        scope: scopes,
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
      });
      return { url: destination.href, attempt: { state, nonce, verifier } };
    },

    /**
     * Who signed in, from what the provider gives for its code. Rejects where any check fails.
     * @param url where the browser was sent back to
     * @returns null for the role where no group has one
     */
    async finish(
      url: string,
      { state, nonce, verifier }: Attempt,
    ): Promise<Omit<PersonSignIn, "role"> & { role: PersonSignIn["role"] | null }> {
      const configured = await configuration();
      const tokens = await client.authorizationCodeGrant(configured, new URL(url), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error("the provider sent no ID token");
      const hasMore = configured.serverMetadata().userinfo_endpoint !== undefined;
      const more = hasMore ? await client.fetchUserInfo(configured, tokens.access_token, claims.sub) : {};
      return { ...personOf({ ...more, ...claims }), idToken: tokens.id_token ?? null };
    },

    /**
     * Where the browser goes to sign out at the provider, which then sends it to `returnUrl`. Rejects where the provider's
     * description cannot be read.
     * @returns null for a provider that has no such address
     */
    async signOutUrl(idToken: string | null, returnUrl: string): Promise<string | null> {
      const configured = await configuration();
      if (configured.serverMetadata().end_session_endpoint === undefined) return null;
      const destination = client.buildEndSessionUrl(configured, { post_logout_redirect_uri: returnUrl });
      if (idToken && idToken.length <= MAX_HINT) destination.searchParams.set("id_token_hint", idToken);
      return destination.href;
    },
  };

  function personOf(claims: Record<string, unknown> & { sub: string }) {
    if (!/^[\x20-\x7e]{1,255}$/.test(claims.sub)) throw new Error("a subject has 1 to 255 characters of ASCII");
    const read = (name: string) => plain(claims[name]);
    const email = read("email") || null;
    const name = read("name") || read("preferred_username") || email || plain(claims.sub);
    const claimed = claims[groupsClaim];
    const groups = (Array.isArray(claimed) ? claimed : [claimed]).filter((group) => typeof group === "string");
    const permitted = roleOf(roles, groups);
    return { issuer, subject: claims.sub, name, email, role: permitted?.role ?? null, groups: permitted?.groups ?? [] };
  }
}

/** A claim as text to show: without control characters, and of at most 200 characters. */
function plain(claim: unknown): string {
  return typeof claim === "string"
    ? claim
        .replace(/[\p{Cc}\s]+/gu, " ")
        .trim()
        .slice(0, 200)
        .toWellFormed()
    : "";
}

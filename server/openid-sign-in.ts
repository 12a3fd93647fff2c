import { z } from "zod";
import { VitrineError } from "#contract/error";
import type { Pools } from "#db/postgres";
import { withSlot } from "#db/slots";
import type { Access } from "#server/http/access";
import { useOnce } from "#server/models/session";
import type { OpenId } from "#server/process/openid-env";
import { authorOf } from "./http/access/author";
import { createProvider } from "./http/access/openid";
import { createSigner } from "./http/access/signed-text";
import type { HttpHeaders, HttpRequest, HttpResponse } from "./http/message";
import { pageErrorResponse, seeOther } from "./http/respond";
import { localPath } from "./http/sign-in";
import { LOCAL } from "./models/author";
import { logUnexpected } from "./process/log";

const BEGIN = "/sign-in/openid";
const RETURN = "/sign-in/callback";
const COOKIE = "vitrine_sign_in";

/** How long somebody may take at the provider, in seconds. */
const MAX_AGE = 15 * 60;

const Attempt = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string(),
  /** In seconds since 1970. */
  expires: z.number(),
});
type Attempt = z.infer<typeof Attempt>;

/** Why somebody is not signed in; the sign-in page has a sentence for each. */
type Failure = "unavailable" | "expired" | "denied" | "rejected" | "role";

interface Options {
  access: Access;
  pools: Pools;
  openId: OpenId;
}

/**
 * Signs people in by OpenID Connect: `/sign-in/openid?next=PATH` redirects to the provider, which sends them back to
 * `/sign-in/callback`. What the browser keeps meanwhile is a signed cookie, which is used once.
 */
export function createOpenIdSignIn({ access, pools, openId }: Options) {
  const provider = createProvider(openId);
  const signer = createSigner(openId.clientSecret, "attempt to sign in");

  const urlOf = (path: string, { headers, remoteAddress }: HttpRequest) => {
    const scheme = access.isHttps(headers, remoteAddress) ? "https" : "http";
    return `${openId.publicUrl ?? `${scheme}://${headers.get("host")}`}${path}`;
  };
  const redirectUrl = (request: HttpRequest) => urlOf(RETURN, request);

  async function begin(request: HttpRequest): Promise<HttpResponse> {
    const next = localPath(new URLSearchParams(request.search).get("next"));
    try {
      const { url, attempt } = await provider.begin(redirectUrl(request));
      const expires = Math.floor(Date.now() / 1000) + MAX_AGE;
      const stored = Buffer.from(JSON.stringify({ ...attempt, next, expires } satisfies Attempt)).toString("base64url");
      return seeOther(url, { "set-cookie": cookie(signer.sign(stored), MAX_AGE, request) });
    } catch (error) {
      logUnexpected(error, request.record.id);
      return failed("unavailable", next, request);
    }
  }

  async function finish(request: HttpRequest): Promise<HttpResponse> {
    const { search, headers, remoteAddress, record } = request;
    const attempt = attemptIn(headers);
    const now = Date.now() / 1000;
    if (!attempt || attempt.expires < now) return failed("expired", "/", request);
    const { next, state, expires } = attempt;
    const parameters = new URLSearchParams(search);
    if (parameters.get("state") !== state) return failed("expired", next, request);
    const isFirst = await withSlot("writes", "sign-in", () => useOnce(pools.writes, `state.${state}`, expires));
    if (!isFirst) return failed("expired", next, request);
    if (parameters.get("error") === "access_denied") return failed("denied", next, request);
    const found = await provider.finish(`${redirectUrl(request)}${search}`, attempt).catch((error: unknown) => {
      logUnexpected(error, record.id);
      return null;
    });
    if (!found) return failed("rejected", next, request);
    const { role, ...person } = found;
    if (!role) return failed("role", next, request);
    const { actor, ...author } = authorOf(request, LOCAL);
    const session = await access.signInPerson({ ...person, role }, headers, { remoteAddress, author });
    return seeOther(next, { "set-cookie": session });
  }

  function attemptIn(headers: HttpHeaders): Attempt | null {
    const pairs = (headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
    const values = pairs.filter((pair) => pair.startsWith(`${COOKIE}=`)).map((pair) => pair.slice(COOKIE.length + 1));
    const text = values.length === 1 ? signer.verify(values[0] ?? "") : null;
    return text === null ? null : Attempt.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
  }

  function failed(failure: Failure, next: string, request: HttpRequest): HttpResponse {
    const query = new URLSearchParams({ error: failure, ...(next !== "/" && { next }) });
    return seeOther(`/sign-in?${query}`, { "set-cookie": cookie("", 0, request) });
  }

  function cookie(value: string, maxAge: number, { headers, remoteAddress }: HttpRequest): string {
    const secure = access.isHttps(headers, remoteAddress) ? "; Secure" : "";
    return `${COOKIE}=${value}; Max-Age=${maxAge}; Path=/sign-in; HttpOnly; SameSite=Lax${secure}`;
  }

  return {
    /** @returns null for any other path */
    async respond(request: HttpRequest): Promise<HttpResponse | null> {
      const { path, method } = request;
      if (path !== BEGIN && path !== RETURN) return null;
      if (method !== "GET") {
        const error = new VitrineError("METHOD_NOT_SUPPORTED", "Open this page in a browser.");
        return pageErrorResponse({ error, headers: { allow: "GET" } });
      }
      return path === BEGIN ? begin(request) : finish(request);
    },

    /** Where somebody signs out at the provider; null where it has no address for that, or does not respond. */
    async signOutUrl(request: HttpRequest, idToken: string | null): Promise<string | null> {
      return provider.signOutUrl(idToken, urlOf("/sign-in", request)).catch((error: unknown) => {
        logUnexpected(error, request.record.id);
        return null;
      });
    },
  };
}

import { VitrineError } from "#contract/error";
import type { Pools } from "#db/postgres";
import { withSlot } from "#db/slots";
import type { Access } from "#server/http/access";
import { recordEvent } from "#server/models/event";
import { authorOf } from "./access/author";
import { decodeUtf8, expectUncompressed } from "./body";
import type { HttpRequest, HttpResponse } from "./message";
import { pageErrorResponse, seeOther } from "./respond";

const MAX_FORM = 16 * 1024;

/** Signs a browser in with the form's `key` and redirects to the form's `next`; with an invalid key, back to the form. */
export async function signIn(request: HttpRequest, access: Access, pools: Pools): Promise<HttpResponse> {
  const { headers, remoteAddress } = request;
  const form = await readForm(request);
  const next = localPath(form.get("next"));
  if (!access.required) return seeOther(next);
  const back = (error: string) => `/sign-in?error=${error}${next === "/" ? "" : `&next=${encodeURIComponent(next)}`}`;
  try {
    const signedIn = access.signIn(form.get("key") ?? "", headers, remoteAddress);
    if (!signedIn) return seeOther(back("1"));
    const author = authorOf(request, signedIn);
    await withSlot("writes", "sign-in", () => recordEvent(pools.writes, author, { verb: "session.start" }));
    return seeOther(next, { "set-cookie": signedIn.cookie });
  } catch (error) {
    if (!(error instanceof VitrineError) || !isPageForm(request)) throw error;
    return limitedResponse(error, back("limit"));
  }
}

/** Whether a browser shows the response. */
function isPageForm({ headers }: HttpRequest): boolean {
  return (headers.get("accept") ?? "").includes("text/html");
}

/** Shows the form again: a redirect could not have this status. */
function limitedResponse(error: VitrineError, location: string): HttpResponse {
  const { body, headers, status } = pageErrorResponse({ error });
  const policy = { "content-security-policy": "default-src 'none'; frame-ancestors 'none'" };
  return { status, headers: { ...headers, ...policy, refresh: `0; url=${location}` }, body };
}

/**
 * Ends the session of a request, and sends the browser to where people also sign out at the provider.
 * @param findProvider the address for that, if there is one
 */
export async function signOut(
  request: HttpRequest,
  access: Access,
  findProvider?: (request: HttpRequest, idToken: string | null) => Promise<string | null>,
): Promise<HttpResponse> {
  const { cookie, person } = await access.signOut(request.headers, request.record.id);
  const headers = { "set-cookie": cookie };
  const url = person ? await findProvider?.(request, person.idToken) : null;
  return url ? leavingResponse(url, headers) : seeOther(access.required ? "/sign-in" : "/", headers);
}

/** A page that goes on to another site: the policy of pages forbids a form to be redirected there. */
function leavingResponse(url: string, headers: Record<string, string>): HttpResponse {
  const policy = "default-src 'none'; frame-ancestors 'none'";
  const escaped = url.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  const body = `<!doctype html><title>Signing out</title><meta http-equiv="refresh" content="0;url=${escaped}"><a href="${escaped}">Continue to sign out</a>`;
  const html = { "content-type": "text/html; charset=utf-8", "content-security-policy": policy };
  return { status: 200, headers: { ...html, ...headers }, body };
}

export function redirectToSignIn(path: string, search: string): HttpResponse {
  const next = localPath(`${path}${search}`);
  return seeOther(next === "/" || next.length > 1000 ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`);
}

/** The path of a page on this server, or `/` for anything that a browser could resolve to another place. */
export function localPath(path: string | null): string {
  const base = "http://localhost";
  if (!path || !/^\/(?![/\\])[\x21-\x7e]*$/.test(path) || !URL.canParse(path, base)) return "/";
  const { origin, pathname, search } = new URL(path, base);
  const isPage = origin === base && !pathname.startsWith("//") && !/^\/(?:api|sign-in)(?:\/|$)/.test(pathname);
  return isPage ? pathname + search : "/";
}

async function readForm(request: HttpRequest): Promise<URLSearchParams> {
  if (request.method !== "POST") throw new VitrineError("METHOD_NOT_SUPPORTED", "Send the form by POST.");
  const type = (request.headers.get("content-type") ?? "").toLowerCase().split(";")[0]?.trim();
  if (type !== "application/x-www-form-urlencoded") {
    throw new VitrineError("UNSUPPORTED_MEDIA_TYPE", "Send the form as application/x-www-form-urlencoded.");
  }
  expectUncompressed(request.headers);
  return new URLSearchParams(await decodeUtf8(await request.body(MAX_FORM)));
}

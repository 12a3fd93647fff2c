import { VitrineError } from "#contract/error";
import type { Access } from "#server/http/access";
import { decodeUtf8, expectUncompressed } from "./body";
import type { HttpRequest, HttpResponse } from "./message";
import { seeOther } from "./respond";

const MAX_FORM = 16 * 1024;

/** Signs a browser in with the `key` of its form, and sends it on to the form's `next`; without a valid key, back. */
export async function signIn(asked: HttpRequest, access: Access): Promise<HttpResponse> {
  const form = await readForm(asked);
  const next = localPath(form.get("next"));
  if (!access.needed) return seeOther(next);
  const secure = asked.headers.get("x-forwarded-proto") === "https";
  const cookie = access.signIn(form.get("key") ?? "", secure);
  if (cookie) return seeOther(next, { "set-cookie": cookie });
  return seeOther(`/sign-in?error=1${next === "/" ? "" : `&next=${encodeURIComponent(next)}`}`);
}

/** Ends a browser's sign-in. */
export function signOut(access: Access): HttpResponse {
  return seeOther(access.needed ? "/sign-in" : "/", { "set-cookie": access.signOut() });
}

/** Where a page without a credential sends a browser, to come back after. */
export function redirectToSignIn(path: string, search: string): HttpResponse {
  const next = localPath(`${path}${search}`);
  return seeOther(next === "/" || next.length > 1000 ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`);
}

/** A page of ours, or `/` for whatever could lead elsewhere. */
export function localPath(sent: string | null): string {
  const here = "http://here";
  if (!sent || !/^\/(?![/\\])[\x21-\x7e]*$/.test(sent) || !URL.canParse(sent, here)) return "/";
  const { origin, pathname, search } = new URL(sent, here);
  const page = origin === here && !pathname.startsWith("//") && !/^\/(?:api|sign-in)(?:\/|$)/.test(pathname);
  return page ? pathname + search : "/";
}

async function readForm(asked: HttpRequest): Promise<URLSearchParams> {
  if (asked.method !== "POST") throw new VitrineError("METHOD_NOT_SUPPORTED", "Send the form by POST.");
  const type = (asked.headers.get("content-type") ?? "").toLowerCase().split(";")[0]?.trim();
  if (type !== "application/x-www-form-urlencoded") {
    throw new VitrineError("UNSUPPORTED_MEDIA_TYPE", "Send the form as application/x-www-form-urlencoded.");
  }
  expectUncompressed(asked.headers);
  return new URLSearchParams(decodeUtf8(await asked.body(MAX_FORM)));
}

import { VitrineError } from "#contract/error";
import { createHostCheck } from "./host";
import type { HttpHeaders, HttpRequest } from "./message";
import type { HttpError } from "./respond";
import { hasSession } from "./session";

const MAX_URL = 16 * 1024;

/** What is asked before anyone looks at what a request wants. */
export type RequestGuard = (asked: HttpRequest) => HttpError | null;

/**
 * Keeps out what no caller of ours sends: an address that is not written plainly or is too long, a foreign `Host`,
 * and every request that another site made a browser send. Pages alone may be linked to from elsewhere.
 */
export function createRequestGuard(env: Parameters<typeof createHostCheck>[0]): RequestGuard {
  const hosts = createHostCheck(env);
  return (asked) => {
    const { method, path, search, headers } = asked;
    if (path.length + search.length > MAX_URL) {
      return guardError("The address is longer than 16 kB; send the input of a query in the body of a POST.", 414);
    }
    if (!isCanonical(path) || !decodes(search)) {
      return guardError(
        "The address is not written plainly; send it without dot segments, doubled slashes and broken escapes.",
      );
    }
    const host = headers.get("host") ?? "";
    if (!hosts.isHost(host)) return guardError("Send one Host header that names this server.");
    if (!hosts.isOurs(host)) {
      return guardError(`This server is not known as that host; add it to VITRINE_ALLOWED_HOSTS if it is.`, 421);
    }
    const origin = headers.get("origin");
    const site = headers.get("sec-fetch-site");
    const reading = method === "GET" || method === "HEAD";
    if (site !== null && site !== "same-origin") {
      const linked = isPage(path) && headers.get("sec-fetch-mode") === "navigate" && isDocument(headers);
      if (!reading || (site !== "none" && !linked)) return crossSiteError();
    }
    if (origin === "null" ? site !== "same-origin" : origin !== null && !hosts.isOrigin(origin, host))
      return crossSiteError();
    const unproven = site === null && origin === null && !headers.has("authorization");
    if (unproven && !reading && hasSession(headers.get("cookie"))) return crossSiteError();
    return null;
  };
}

/** Whether an address is for Next and not for a door. */
export function isPage(path: string): boolean {
  return path !== "/api" && !path.startsWith("/api/");
}

function isDocument(headers: HttpHeaders): boolean {
  return headers.get("sec-fetch-dest") === "document";
}

/** Escapes of characters that never need one, and of those that would be read as part of the path. */
const NEEDLESS_ESCAPE = /%(?:00|2[def]|3[0-9]|[46][1-9a-f]|[57][0-9a]|5[cf]|7e)/i;

/** One spelling per address: what is not canonical might mean one thing here and another to what comes after. */
function isCanonical(path: string): boolean {
  if (!path.startsWith("/") || /\/\/|\\/.test(path) || NEEDLESS_ESCAPE.test(path) || !decodes(path)) return false;
  return !path.split("/").some((segment) => segment === "." || segment === "..");
}

function decodes(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function crossSiteError(): HttpError {
  return guardError("Another site may not send this; open Vitrine itself, or send an API key from a program.", 403);
}

function guardError(message: string, status = 400): HttpError {
  return { error: new VitrineError(status === 403 ? "FORBIDDEN" : "BAD_REQUEST", message), status };
}

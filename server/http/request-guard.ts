import { VitrineError } from "#contract/error";
import type { Env } from "#server/process/env";
import { createCors } from "./access/cors";
import { createHostCheck, isServedAt } from "./host";
import type { HttpHeaders, HttpRequest } from "./message";
import type { HttpError } from "./respond";
import { hasSession } from "./session";

/** Characters of path and query. */
const MAX_URL = 16 * 1024;

/** Scripts of frames, which have an origin of their own: anybody may read them, as they are the same for everyone. */
export const FRAME_ASSETS = "/frames/assets/";

/** Files of versions by links with a token, for documents that have an origin of their own; see `sandbox/sandbox.ts`. */
export const SANDBOX = "/sandbox/";

export type RequestGuard = (request: Pick<HttpRequest, "method" | "path" | "search" | "headers">) => HttpError | null;

/**
 * Rejects a URL that is too long or not in canonical form, an unknown Host, and requests that another site made a
 * browser send, unless its origin is allowed. Only pages may be linked to from other sites.
 */
export function createRequestGuard(
  env: Parameters<typeof createHostCheck>[0] & Pick<Env, "allowedOrigins"> & Partial<Pick<Env, "sandboxOrigin">>,
): RequestGuard {
  const hosts = createHostCheck(env);
  const cors = createCors(env.allowedOrigins);
  const { sandboxOrigin } = env;
  return (request) => {
    const { method, path, search, headers } = request;
    if (path.length + search.length > MAX_URL) {
      return guardError("The URL is longer than 16 kB; send the input of a query in the body of a POST.", 414);
    }
    if (!isCanonical(path) || !decodes(search)) {
      return guardError(
        "The URL is not in canonical form; send it without dot segments, double slashes and invalid escapes.",
      );
    }
    const host = headers.get("host") ?? "";
    if (!hosts.isHost(host)) return guardError("Send one Host header that names this server.");
    const isSandbox = path.startsWith(SANDBOX);
    if (sandboxOrigin !== undefined && isServedAt(sandboxOrigin, host) !== isSandbox) {
      return guardError(`This host name does not serve this path; ${SANDBOX} is at ${sandboxOrigin}.`, 404);
    }
    const isRead = method === "GET" || method === "HEAD";
    // Its token is its only credential, and its documents are another site everywhere.
    if (isSandbox && isRead && (sandboxOrigin !== undefined || hosts.isAllowed(host))) return null;
    if (!hosts.isAllowed(host)) {
      return guardError("Unknown host; if it is this server, add it to VITRINE_ALLOWED_HOSTS.", 421);
    }
    const origin = headers.get("origin");
    if (cors.allows(request) && !hosts.isSameOrigin(origin ?? "", host)) {
      return hasSession(headers.get("cookie")) ? foreignCookieError() : null;
    }
    const site = headers.get("sec-fetch-site");
    if (isRead && path.startsWith(FRAME_ASSETS)) return null;
    if (site !== null && site !== "same-origin") {
      const isLink = isPage(path) && headers.get("sec-fetch-mode") === "navigate" && isDocument(headers);
      if (!isRead || (site !== "none" && !isLink)) return crossSiteError(origin);
    }
    if (origin === "null" ? site !== "same-origin" : origin !== null && !hosts.isSameOrigin(origin, host)) {
      return crossSiteError(origin);
    }
    // A browser too old to send either header could be used by another site.
    const isUnknownSite = site === null && origin === null && !headers.has("authorization");
    if (isUnknownSite && !isRead && hasSession(headers.get("cookie"))) return crossSiteError(origin);
    return null;
  };
}

export function isPage(path: string): boolean {
  return path !== "/api" && !path.startsWith("/api/");
}

function isDocument(headers: HttpHeaders): boolean {
  return headers.get("sec-fetch-dest") === "document";
}

/** Escapes of characters that need none, and of those that a later decoder would take for part of the path's structure. */
const NEEDLESS_ESCAPE = /%(?:00|2[def]|3[0-9]|[46][1-9a-f]|[57][0-9a]|5[cf]|7e)/i;

/** Below the sandbox, names are what reports have: they are decoded once and looked up exactly. */
const UNSAFE_NAME = /\\|%(?:00|2f|5c)|\/(?:\.|%2e){1,2}(?:\/|$)/i;

/** Paths in which a key is one segment, with its slashes escaped. */
const WITH_KEYS = "/api/artifacts/";
const ESCAPED_SLASH = /%2f/gi;

/** One spelling per URL: any other could mean one thing to this check and another to the code behind it. */
function isCanonical(path: string): boolean {
  if (path.startsWith(SANDBOX)) return !UNSAFE_NAME.test(path) && decodes(path);
  const checked = path.startsWith(WITH_KEYS) ? path.replace(ESCAPED_SLASH, "") : path;
  if (!path.startsWith("/") || /\/\/|\\/.test(path) || NEEDLESS_ESCAPE.test(checked) || !decodes(path)) return false;
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

function crossSiteError(origin: string | null): HttpError {
  const remedy =
    origin === null || origin === "null"
      ? "open Vitrine itself, or send an API key from a program"
      : "to let pages of that origin call the API, add it to VITRINE_ALLOWED_ORIGINS";
  return guardError(`Cross-site request rejected; ${remedy}.`, 403);
}

function foreignCookieError(): HttpError {
  return guardError("Pages of other origins cannot use a session; send an API key, and no cookies.", 403);
}

function guardError(message: string, status = 400): HttpError {
  const code = status === 403 ? "FORBIDDEN" : status === 404 ? "NOT_FOUND" : "BAD_REQUEST";
  return { error: new VitrineError(code, message), status };
}

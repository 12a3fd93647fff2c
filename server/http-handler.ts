import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { KEY_HEADER } from "#contract/api-key";
import { VitrineError } from "#contract/error";
import type { Access } from "#server/http/access";
import { readerOf } from "#server/models/author";
import { METRICS_PATH, METRICS_TYPE, SANDBOX_PATH, TRPC_PATH } from "#server/observe/route";
import type { Env } from "#server/process/env";
import { handleRest, isRestPath } from "#server/rest/handler";
import { unauthorizedResponse } from "#server/rest/validation-error";
import type { Context } from "#server/routers/context";
import { toVitrineError } from "#server/routers/error";
import { limitedError } from "#server/routers/reach";
import { unauthorizedError } from "#server/routers/trpc";
import { allowedMethods } from "./allowed-methods";
import { docsMethods, handleDocs } from "./api-docs";
import { handleAuditExport } from "./audit-export";
import { authorOf } from "./http/access/author";
import { createCors } from "./http/access/cors";
import type { Identity } from "./http/access/identity";
import { createPdfAssets } from "./http/assets/pdf-assets";
import { handleBackup } from "./http/backup";
import { handleBlobs } from "./http/blobs/upload";
import { download, matchDownload } from "./http/download/download";
import { createFrames } from "./http/frames/frames";
import type { HttpRequest, HttpResponse } from "./http/message";
import { createReady, type Readiness, type ReadinessOptions } from "./http/ready";
import { createRequestGuard, isPage } from "./http/request-guard";
import { errorResponseFor, json, pageErrorResponse } from "./http/respond";
import { issueLink, matchIssue } from "./http/sandbox/issue";
import { createSandbox, SHARED } from "./http/sandbox/sandbox";
import { createTokens } from "./http/sandbox/token";
import { API_HEADERS } from "./http/security-headers";
import { redirectToSignIn, signIn, signOut } from "./http/sign-in";
import { handleTrpc } from "./http/trpc/handler";
import { type Blobs, DATABASE_ONLY } from "./models/data/blobs";
import { readSecret } from "./models/secret";
import { createOpenIdSignIn } from "./openid-sign-in";

export type HandlerEnv = Pick<
  Env,
  "host" | "maxData" | "revisions" | "searchVersions" | "allowedHosts" | "allowedOrigins" | "trustedProxies" | "apiKeys"
> &
  Partial<Pick<Env, "auth" | "openId" | "sandboxOrigin">>;

export interface HandlerOptions extends ReadinessOptions {
  env: HandlerEnv;
  readiness?: Readiness;
  access: Access;
  /** Where files are; absent: small ones in the database, and no others. */
  blobs?: Blobs;
  /** The text of `/metrics`; absent: there is none. */
  metrics?: () => Promise<string>;
}

/** The same from the sources and from the bundle. */
const BUILT = join(/* turbopackIgnore: true */ dirname(fileURLToPath(import.meta.url)), "..", "dist");

/** Paths without sign-in: the sign-in page and its assets. */
const PUBLIC =
  /^\/(?:sign-in|_next\/static\/.+|favicon\.ico|icon[^/]*|apple-icon[^/]*|robots\.txt|manifest\.webmanifest)$/;

/**
 * Handles every path under /api, and every request for a page that is not permitted.
 * @returns a handler that gives null where Next shall render a page
 */
export function createHttpHandler({
  pools,
  changes,
  env,
  access,
  blobs = DATABASE_ONLY,
  readiness = { problem: null },
  metrics,
}: HandlerOptions): (request: HttpRequest) => Promise<HttpResponse | null> {
  const guard = createRequestGuard(env);
  const cors = createCors(env.allowedOrigins);
  const frames = createFrames(join(BUILT, "frames"));
  const pdfAssets = createPdfAssets(join(BUILT, "pdfjs"));
  const tokens = createTokens(() => readSecret(pools.reads(), "sandbox"));
  const sandbox = createSandbox({ access, pools, blobs, tokens });
  const ready = createReady({ pools, changes }, readiness);
  const openIdSignIn = env.openId && createOpenIdSignIn({ access, pools, openId: env.openId });

  async function api(request: HttpRequest): Promise<HttpResponse> {
    const { method, path, headers, remoteAddress, record } = request;
    const isRead = method === "GET" || method === "HEAD";
    if (method === "OPTIONS") return optionsResponse(path);
    if (isRead && path === "/api/health") return json(200, true);
    if (isRead && path === "/api/ready") return ready();
    const prepared = access.prepare(headers);
    if (prepared) await prepared;
    if (path === "/api/sign-in") return signIn(request, access, pools);
    if (path === "/api/sign-out" && method === "POST") return signOut(request, access, openIdSignIn?.signOutUrl);
    const identity = access.identify(headers, remoteAddress);
    record.caller = identity.caller;
    return access.cutAtEnd(await call(request, identity), identity);
  }

  // Not async: each promise is a measurable part of a point read.
  function call(request: HttpRequest, identity: Identity): Promise<HttpResponse> {
    const { method, path, record } = request;
    const isRead = method === "GET" || method === "HEAD";
    const { role, keys, caller } = identity;
    const file = isRead ? matchDownload(path) : null;
    // Whatever the path, nothing of a request is read before its credential is known to be valid.
    if (!role) {
      if (isRestPath(path) && !file) return Promise.resolve(unauthorizedResponse());
      throw unauthorizedError(identity.problem);
    }
    const author = isRead ? readerOf(identity.actor) : authorOf(request, identity);
    const common = {
      pools,
      changes,
      keepRevisions: env.revisions,
      searchVersions: env.searchVersions,
      credentials: access.credentials,
      store: blobs.store,
    };
    const context = { ...common, requestId: record.id, role, keys, caller, author };
    if (path.startsWith(TRPC_PATH)) return handleTrpc(request, context, env.maxData);
    if (file) return download(file, request, context, blobs);
    if (isRead && path === SANDBOX_PATH)
      return Promise.resolve(json(200, { url: `${env.sandboxOrigin ?? ""}${SHARED}` }));
    const id = isRead ? matchIssue(path) : null;
    if (id === null) return callOther(request, context);
    return issueLink(id, request, identity, { pools, tokens, origin: env.sandboxOrigin });
  }

  async function callOther(request: HttpRequest, context: Omit<Context, "encode">): Promise<HttpResponse> {
    const { method, path } = request;
    if (docsMethods(path).includes(method)) return handleDocs(path);
    const uploaded = await handleBlobs(request, context, blobs);
    if (uploaded) return uploaded;
    const audit = await handleAuditExport(request, context);
    if (audit) return audit;
    const backup = await handleBackup(request, context, env.maxData, blobs);
    if (backup) return backup;
    const rest = await handleRest(request, context, env.maxData);
    if (rest) return rest;
    if (allowedMethods(path).length === 0) throw unknownPathError();
    throw new VitrineError("METHOD_NOT_SUPPORTED", `Send this request by ${allowOf(path)}.`);
  }

  function page({ method, path, search, headers, remoteAddress, record }: HttpRequest): HttpResponse | null {
    if (method !== "GET" && method !== "HEAD") {
      const error = new VitrineError("METHOD_NOT_SUPPORTED", "Pages support GET and HEAD only.");
      return pageErrorResponse({ error, headers: { allow: "GET, HEAD" } });
    }
    if (path.startsWith("/_next/image")) {
      return pageErrorResponse({ error: new VitrineError("NOT_FOUND", "Page not found.") });
    }
    const { role, caller } = access.identify(headers, remoteAddress);
    record.caller = caller;
    const asset = frames({ path, headers }) ?? pdfAssets({ path, headers });
    return asset ?? (PUBLIC.test(path) || role ? null : redirectToSignIn(path, search));
  }

  async function respond(request: HttpRequest): Promise<HttpResponse | null> {
    const sandboxed = await sandbox(request);
    if (sandboxed) return sandboxed;
    await access.prepare(request.headers);
    return (await openIdSignIn?.respond(request)) ?? (await metricsOf(request)) ?? page(request);
  }

  async function metricsOf({
    method,
    path,
    headers,
    remoteAddress,
    record,
  }: HttpRequest): Promise<HttpResponse | null> {
    if (path !== METRICS_PATH || method !== "GET" || !metrics) return null;
    const { role, keys, caller } = access.identify(headers, remoteAddress);
    record.caller = caller;
    if (!role) return errorResponseFor(path)({ error: unauthorizedError() });
    if (keys !== null) return errorResponseFor(path)({ error: limitedError(keys, "Reading metrics") });
    return { status: 200, headers: { ...API_HEADERS, "content-type": METRICS_TYPE }, body: await metrics() };
  }

  return async (request) => {
    const { id } = request.record;
    const rejected = guard(request);
    if (isPage(request.path)) {
      const response = rejected
        ? pageErrorResponse(rejected)
        : await respond(request).catch((error: unknown) =>
            pageErrorResponse({ error: toVitrineError(error, { request: id }) }),
          );
      return response && { ...response, headers: { ...response.headers, "x-request-id": id } };
    }
    const toResponse = errorResponseFor(request.path);
    let response = rejected && toResponse(rejected);
    try {
      response ??= await api(request);
    } catch (error) {
      response = toResponse({ error: toVitrineError(error, { request: id }) });
    }
    request.release();
    const allow = response.status === 405 ? { allow: allowOf(request.path) } : undefined;
    const crossOrigin = cors.allows(request) ? cors.headers(request, allowedMethods(request.path)) : undefined;
    const isKnown = request.record.caller.startsWith("key:");
    const isKeyIgnored = !access.required && !isKnown && request.headers.has("authorization");
    const ignored = isKeyIgnored ? { [KEY_HEADER]: "ignored" } : undefined;
    const headers = { ...API_HEADERS, "x-request-id": id, ...ignored, ...allow, ...response.headers, ...crossOrigin };
    return { status: response.status, headers, body: response.body };
  };
}

function optionsResponse(path: string): HttpResponse {
  if (allowedMethods(path).length === 0) throw unknownPathError();
  return { status: 204, headers: { allow: allowOf(path) }, body: null };
}

function allowOf(path: string): string {
  return [...allowedMethods(path), "OPTIONS"].join(", ");
}

function unknownPathError(): VitrineError {
  return new VitrineError("NOT_FOUND", "No such API endpoint. See docs/http-api.md and /api/docs for the list.");
}

import { VitrineError } from "#contract/error";
import { createAccess } from "#server/http/access";
import type { Env } from "#server/process/env";
import { answerRest } from "#server/rest/handler";
import type { Context } from "#server/routers/context";
import { answerBackup } from "./http/backup";
import { download, downloadOf } from "./http/download";
import { health, ready } from "./http/health";
import type { HttpRequest, HttpResponse } from "./http/message";
import { createGate, isPage } from "./http/request-guard";
import { errorResponse, pageErrorResponse, toVitrineError, trpcErrorResponse } from "./http/respond";
import { DOOR_HEADERS } from "./http/security-headers";
import { signIn, signOut, toSignIn } from "./http/sign-in";
import { answerCall, options, TRPC } from "./http/trpc";

/** What the doors need to know of the configuration. */
export type HandlerEnv = Pick<Env, "host" | "maxData" | "allowedHosts" | "apiKeys">;

/** What the doors stand on. */
export interface HandlerOptions extends Pick<Context, "pools" | "changes"> {
  env: HandlerEnv;
}

/** What everyone may load, for the page that asks for a key to look like one. */
const PUBLIC =
  /^\/(?:sign-in|_next\/static\/.+|favicon\.ico|icon[^/]*|apple-icon[^/]*|robots\.txt|manifest\.webmanifest)$/;

/**
 * All that is answered before Next sees it: every path under /api, and every request for a page that is not let
 * through. Null: a page may be rendered.
 */
export function createHttpHandler({
  pools,
  changes,
  env,
}: HandlerOptions): (asked: HttpRequest) => Promise<HttpResponse | null> {
  const gate = createGate(env);
  const access = createAccess(env);

  async function door(asked: HttpRequest): Promise<HttpResponse> {
    const { method, path, headers } = asked;
    const reading = method === "GET" || method === "HEAD";
    if (method === "OPTIONS") return options();
    if (path.startsWith(TRPC)) return answerCall(asked, { pools, changes, role: access.roleOf(headers) }, env.maxData);
    if (reading && path === "/api/health") return health();
    if (reading && path === "/api/ready") return ready(pools.writes);
    if (path === "/api/sign-in") return signIn(asked, access);
    if (path === "/api/sign-out" && method === "POST") return signOut(access);
    const wanted = reading ? downloadOf(path) : null;
    if (wanted) return download(wanted, asked.search, { pools, changes, role: access.roleOf(headers) });
    const moving = await answerBackup(asked, { pools, changes, role: access.roleOf(headers) }, env.maxData);
    if (moving) return moving;
    const rest = await answerRest(asked, { pools, changes, role: access.roleOf(headers) }, env.maxData);
    if (rest) return rest;
    throw new VitrineError("NOT_FOUND", "There is no such door; look into the README for those there are.");
  }

  function page({ method, path, search, headers }: HttpRequest): HttpResponse | null {
    if (method !== "GET" && method !== "HEAD") {
      return pageErrorResponse({ error: new VitrineError("METHOD_NOT_SUPPORTED", "Pages are only read.") });
    }
    if (path.startsWith("/_next/image"))
      return pageErrorResponse({ error: new VitrineError("NOT_FOUND", "There is no such page.") });
    return PUBLIC.test(path) || access.roleOf(headers) ? null : toSignIn(path, search);
  }

  return async (asked) => {
    const refusal = gate(asked);
    if (isPage(asked.path)) return refusal ? pageErrorResponse(refusal) : page(asked);
    const refuse = asked.path.startsWith(TRPC) ? trpcErrorResponse : errorResponse;
    const answer = refusal
      ? refuse(refusal)
      : await door(asked).catch((error: unknown) => refuse({ error: toVitrineError(error) }));
    return { ...answer, headers: { ...DOOR_HEADERS, ...answer.headers } };
  };
}

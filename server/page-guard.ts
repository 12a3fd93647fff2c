import type { IncomingMessage, ServerResponse } from "node:http";
import { toHttpRequest, writeResponse } from "./http/node";
import { pageHeaders, pagePolicy } from "./http/security-headers";
import { createHttpHandler, type HandlerOptions } from "./http-handler";

/** What makes Next skip or change its own steps; only Next itself may say it. */
const INTERNAL =
  /^(?:x-middleware-|x-invoke-|x-nextjs-|x-matched-path$|x-now-|x-forwarded-host$|next-action$|next-resume$)/;

/**
 * What stands in front of Next on the same port. It answers every path under /api, and what is refused of the rest;
 * `true` says that it did. `false`: a page is to be rendered, its security headers are set, and the request carries
 * the nonce for its scripts as `x-nonce`.
 */
export function createPageGuard(
  parts: HandlerOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  const core = createHttpHandler(parts);
  return async (request, response) => {
    const answer = await core(toHttpRequest(request, response));
    if (answer) {
      await writeResponse(request, response, answer);
      return true;
    }
    const { nonce, policy } = pagePolicy();
    for (const name of Object.keys(request.headers)) if (INTERNAL.test(name)) delete request.headers[name];
    request.headers["x-nonce"] = nonce;
    request.headers["content-security-policy"] = policy;
    for (const [name, value] of Object.entries(pageHeaders(policy))) response.setHeader(name, value);
    return false;
  };
}

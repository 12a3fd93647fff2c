import type { IncomingMessage, ServerResponse } from "node:http";
import { compress } from "./http/compression/compress";
import { toHttpRequest, writeResponse } from "./http/node";
import { createPagePolicy, HSTS, pageHeaders } from "./http/security-headers";
import { createHttpHandler, type HandlerOptions } from "./http-handler";
import { type FinishedRequest, observe } from "./observe/request-record";
import { applyPageStatus } from "./page-status";

/** Headers by which Next controls itself; from a client they could skip its checks. */
const INTERNAL =
  /^(?:x-middleware-|x-invoke-|x-nextjs-|x-matched-path$|x-now-|x-forwarded-host$|next-action$|next-resume$)/;

/**
 * Handles requests before Next, on the same port.
 * @param onFinished called at the end of each response
 * @returns a handler that gives true where it responded, and false where Next shall render a page: then the security
 * headers are set, and the request has the nonce for its scripts as `x-nonce`, who calls as `x-caller`, its id as
 * `x-request-id`, and its scheme as `x-forwarded-proto`
 */
export function createPageGuard(
  options: HandlerOptions,
  onFinished: (finished: FinishedRequest) => void = () => {},
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  const { access, env } = options;
  const handle = createHttpHandler(options);
  return async (request, response) => {
    const httpRequest = toHttpRequest(request, response);
    const { record } = httpRequest;
    observe(record, request, response, onFinished);
    const isHttps = access.isHttps(httpRequest.headers, httpRequest.remoteAddress);
    if (isHttps) response.setHeader("strict-transport-security", HSTS);
    const result = await handle(httpRequest);
    if (result) {
      // Awaited only where it takes time, as each promise is a measurable part of a point read.
      const compressed = compress(httpRequest, result);
      const sent = compressed instanceof Promise ? await compressed : compressed;
      const writing = writeResponse(request, response, sent);
      if (writing) await writing;
      return true;
    }
    // Next reads no bodies; the connection would wait for the rest of one.
    if (!request.complete) response.setHeader("connection", "close");
    const { nonce, policy } = createPagePolicy(env.sandboxOrigin);
    for (const name of Object.keys(request.headers)) if (INTERNAL.test(name)) delete request.headers[name];
    request.headers["x-nonce"] = nonce;
    request.headers["x-caller"] = record.caller;
    request.headers["x-request-id"] = record.id;
    request.headers["x-forwarded-proto"] = isHttps ? "https" : "http";
    request.headers["content-security-policy"] = policy;
    for (const [name, value] of Object.entries(pageHeaders(policy))) response.setHeader(name, value);
    response.setHeader("x-request-id", record.id);
    // A router of Next loads the whole page anew for what is not 200.
    if (request.headers.rsc === undefined) applyPageStatus(record.id, response);
    return false;
  };
}

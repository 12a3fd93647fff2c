import { NIL } from "uuid";
import type { HeaderReader, HttpRequest, HttpResponse } from "#server/http/message";
import { json } from "#server/http/respond";
import { reportedVersion } from "./client-version";
import { openapi } from "./openapi";
import { detailResponse } from "./validation-error";

/** The version of Prefect's API that this server implements, and the oldest that it accepts. */
const API_VERSION = "0.8.4";
const OLDEST_VERSION = [0, 8, 0];

/** What Prefect's commands and its interface list, and is not stored here. */
const EMPTY_LISTS = [
  ...["/variables/filter", "/automations/filter", "/concurrency_limits/filter", "/v2/concurrency_limits/filter"],
  ...["/work_pools/filter", "/work_queues/filter", "/logs/filter"],
  ...["/block_types/filter", "/block_schemas/filter", "/block_documents/filter"],
  // A task with tags asks for a slot per tag; like a Prefect server without limits, none are limited here.
  ...["/concurrency_limits/increment", "/concurrency_limits/decrement"],
  ...["/v2/concurrency_limits/increment", "/v2/concurrency_limits/decrement"],
  "/events/count-by",
];
const EMPTY_COUNTS = ["/variables/count", "/automations/count", "/work_pools/count", "/block_documents/count"];

/** What Prefect's client requests besides artifacts and runs. */
const RESPONSES: Record<string, (request: HttpRequest) => HttpResponse | Promise<HttpResponse>> = {
  "GET /csrf-token": () => detailResponse(422, "CSRF protection is disabled."),
  "GET /admin/version": ({ headers }) => json(200, reportedVersion(headers)),
  "GET /admin/storage": () => json(200, { default_result_storage_block_id: null }),
  "GET /hello": () => json(200, "👋"),
  "GET /version": () => json(200, API_VERSION),
  "GET /openapi.json": () => json(200, openapi()),
  // Logs are accepted, so that clients do not buffer and resend them, and discarded.
  "POST /logs": (request) => discardBody(request, 201, null),
  // The Prefect CLI reads these when it shows a deployment.
  "GET /automations/related-to": () => json(200, []),
  ...Object.fromEntries(
    EMPTY_LISTS.map((name) => [`POST ${name}`, (request: HttpRequest) => discardBody(request, 200, [])]),
  ),
  ...Object.fromEntries(
    EMPTY_COUNTS.map((name) => [`POST ${name}`, (request: HttpRequest) => discardBody(request, 200, 0)]),
  ),
  "GET /observed-states": () => json(200, []),
  "GET /collections/views": () => json(200, {}),
  "POST /events/filter": (request) => discardBody(request, 200, { events: [], total: 0, next_page: null }),
  "GET /block_capabilities": () => json(200, []),
  "GET /admin/settings": () => json(200, {}),
  "POST /v2/concurrency_limits/increment-with-lease": (request) =>
    discardBody(request, 200, { lease_id: NIL, limits: [] }),
  // Some 3.4 hold and release a lease without limits too.
  "POST /v2/concurrency_limits/decrement-with-lease": (request) => discardBody(request, 204, null),
  "POST /v2/concurrency_limits/leases/renew": (request) => discardBody(request, 204, null),
};

/** The largest body that is discarded, in bytes. */
const MAX_DISCARDED = 16 * 1024 * 1024;

const METHODS = ["GET", "POST"];

async function discardBody(request: HttpRequest, status: number, value: unknown): Promise<HttpResponse> {
  await request.discardBody(MAX_DISCARDED);
  return status === 204 ? { status, headers: {}, body: null } : json(status, value);
}

/** The methods of a route of Prefect's client that has no procedure; none for any other path. */
export function otherMethods(path: string): string[] {
  const name = routeName(path);
  return METHODS.filter((method) => RESPONSES[`${method} ${name}`]);
}

function routeName(path: string): string {
  return path
    .replace(/\/$/, "")
    .replace(/^(\/automations\/related-to|\/events\/count-by|\/collections\/views)\/[^/]+$/, "$1")
    .replace(/^(\/v2\/concurrency_limits\/leases)\/[^/]+\/renew$/, "$1/renew");
}

/** Responds to a route of Prefect's client that has no procedure; null for any other path. Any role may call them. */
export async function respondToOtherRoute(path: string, request: HttpRequest): Promise<HttpResponse | null> {
  const methods = otherMethods(path);
  if (methods.length === 0) return null;
  const refused = versionError(request.headers);
  if (refused) return refused;
  const name = routeName(path);
  request.record.route = `${request.method} /api${name}`;
  const respond = RESPONSES[`${request.method} ${name}`];
  return respond ? respond(request) : detailResponse(405, "Method Not Allowed", { allow: methods.join(", ") });
}

/** 400 for a client of an unsupported API version; null for a supported one or none. */
export function versionError(headers: HeaderReader): HttpResponse | null {
  const sent = headers.get("x-prefect-api-version");
  if (sent === null) return null;
  const parts = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})$/.exec(sent)?.slice(1).map(Number);
  if (!parts) {
    const shown = sent.slice(0, 50);
    return detailResponse(
      400,
      `Invalid X-PREFECT-API-VERSION header format.Expected header in format 'x.y.z' but received ${shown}`,
    );
  }
  const differs = parts.findIndex((part, index) => part !== OLDEST_VERSION[index]);
  if (differs < 0 || (parts[differs] ?? 0) > (OLDEST_VERSION[differs] ?? 0)) return null;
  const least = OLDEST_VERSION.join(".");
  return detailResponse(
    400,
    `The request specified API version ${sent} but this server requires version ${least} or higher.`,
  );
}

import { NIL } from "uuid";
import type { HeaderReader } from "#server/http/access";
import type { HttpRequest, HttpResponse } from "#server/http/message";
import { json } from "#server/http/respond";
import type { Role } from "#server/routers/context";
import { docs } from "./docs-page";
import { openapi } from "./openapi";
import { PREFECT } from "./prefect-version";
import { dropBody } from "./read";
import { refusedBy } from "./validation-error";

/** The version of Prefect's API that is spoken, and the oldest that is understood. */
const VERSION = "0.8.4";
const OLDEST = [0, 8, 0];

/** What Prefect's client asks besides artifacts and runs. */
const ANSWERS: Record<string, (asked: HttpRequest) => HttpResponse | Promise<HttpResponse>> = {
  "GET /csrf-token": () => refusedBy(422, "CSRF protection is disabled."),
  "GET /admin/version": () => json(200, PREFECT),
  "GET /admin/storage": () => json(200, { default_result_storage_block_id: null }),
  "GET /hello": () => json(200, "👋"),
  "GET /version": () => json(200, VERSION),
  "GET /openapi.json": () => json(200, openapi()),
  "GET /docs": docs,
  // What runs log is no artifact: it is taken in, so that they need not keep it, and dropped.
  "POST /logs": (asked) => dropped(asked, 201, null),
  // What a deployment is shown with, and is not kept here.
  "GET /automations/related-to": () => json(200, []),
  "POST /work_pools/filter": (asked) => dropped(asked, 200, []),
  // A task with tags asks for room under each; here nothing is limited, and says so as a Prefect without limits does.
  "POST /v2/concurrency_limits/increment": (asked) => dropped(asked, 200, []),
  "POST /v2/concurrency_limits/increment-with-lease": (asked) => dropped(asked, 200, { lease_id: NIL, limits: [] }),
};

const METHODS = ["GET", "POST"];

/** Takes the body in, and answers what is always answered. */
async function dropped(asked: HttpRequest, status: number, value: unknown): Promise<HttpResponse> {
  await dropBody(asked);
  return json(status, value);
}

/** The answer to one of the small routes; null where the path is none of them. They need a key as all others do. */
export async function small(path: string, asked: HttpRequest, role: Role | null): Promise<HttpResponse | null> {
  const name = path.replace(/\/$/, "").replace(/^(\/automations\/related-to)\/[^/]+$/, "$1");
  const methods = METHODS.filter((method) => ANSWERS[`${method} ${name}`]);
  if (methods.length === 0) return null;
  if (!role) return json(401, { exception_message: "Unauthorized" }, { "www-authenticate": "Bearer" });
  const refused = versionRefusal(asked.headers);
  if (refused) return refused;
  const answer = ANSWERS[`${asked.method} ${name}`];
  return answer ? answer(asked) : refusedBy(405, "Method Not Allowed", { allow: methods.join(", ") });
}

/** The refusal of a client that speaks another version of the API; null for one that is understood or says nothing. */
export function versionRefusal(headers: HeaderReader): HttpResponse | null {
  const sent = headers.get("x-prefect-api-version");
  if (sent === null) return null;
  const parts = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})$/.exec(sent)?.slice(1).map(Number);
  if (!parts) {
    const shown = sent.slice(0, 50);
    return refusedBy(
      400,
      `Invalid X-PREFECT-API-VERSION header format.Expected header in format 'x.y.z' but received ${shown}`,
    );
  }
  const differs = parts.findIndex((part, index) => part !== OLDEST[index]);
  if (differs < 0 || (parts[differs] ?? 0) > (OLDEST[differs] ?? 0)) return null;
  const least = OLDEST.join(".");
  return refusedBy(
    400,
    `The request specified API version ${sent} but this server requires version ${least} or higher.`,
  );
}

import { VitrineError } from "#contract/error";
import { migrated } from "#db/migrate";
import type { Database } from "#db/postgres";
import type { HttpResponse } from "./message";
import { errorResponse, json } from "./respond";

const PATIENCE = 2_000;

/** The process answers. */
export const health = (): HttpResponse => json(200, true);

/** Whether the database answers within 2 s and has this program's schema: 200, else 503. */
export async function ready(db: Database): Promise<HttpResponse> {
  const silent = new Promise<false>((give) => setTimeout(give, PATIENCE, false).unref());
  const answered = await Promise.race([migrated(db).catch(() => false), silent]);
  if (answered) return json(200, { message: "OK" });
  return errorResponse({
    error: new VitrineError("SERVICE_UNAVAILABLE", "The store does not answer yet; try again in a second."),
  });
}

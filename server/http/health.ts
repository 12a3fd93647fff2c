import { VitrineError } from "#contract/error";
import { schemaProblem } from "#db/migrate";
import type { Database } from "#db/postgres";
import type { HttpResponse } from "./message";
import { errorResponse, json } from "./respond";

const PATIENCE = 2_000;

/** The process answers. */
export const health = (): HttpResponse => json(200, true);

/** 200 when the database responds within 2 s and this program can write to its schema, else 503. */
export async function ready(db: Database): Promise<HttpResponse> {
  const noResponse = "The database does not respond; try again in a second.";
  const timeout = new Promise<string>((resolve) => setTimeout(resolve, PATIENCE, noResponse).unref());
  const problem = await Promise.race([schemaProblem(db).catch(() => noResponse), timeout]);
  if (problem === null) return json(200, { message: "OK" });
  return errorResponse({ error: new VitrineError("SERVICE_UNAVAILABLE", problem) });
}

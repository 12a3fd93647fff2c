import { StoreError } from "#contract/error";
import { migrated } from "#db/migrate";
import type { Database } from "#db/postgres";
import type { Answer } from "./message";
import { json, refused } from "./respond";

const PATIENCE = 2_000;

/** The process answers. */
export const health = (): Answer => json(200, true);

/** Whether the database answers within 2 s and has this program's schema: 200, else 503. */
export async function ready(db: Database): Promise<Answer> {
  const silent = new Promise<false>((give) => setTimeout(give, PATIENCE, false).unref());
  const answered = await Promise.race([migrated(db).catch(() => false), silent]);
  if (answered) return json(200, { message: "OK" });
  return refused({
    error: new StoreError("SERVICE_UNAVAILABLE", "The store does not answer yet; try again in a second."),
  });
}

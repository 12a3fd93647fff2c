import { eq } from "drizzle-orm";
import type { Database } from "#db/postgres";
import { serverSecret } from "#db/schema";

/** A secret that the servers of a database have in common, which its migration made. */
export async function readSecret(db: Database, name: "sandbox"): Promise<string> {
  const [row] = await db.select().from(serverSecret).where(eq(serverSecret.name, name));
  if (!row)
    throw new Error(`The row "${name}" of the table server_secret is missing: insert one with a random secret.`);
  return row.secret;
}

import { connect } from "#db/postgres";
import { SEARCH_LOCK } from "#server/models/search/fill";
import type { Product } from "./product";

/** Runs a function while the server searches nothing that is published. */
export async function whileUnsearched({ database }: Product, run: () => Promise<void>): Promise<void> {
  if (!database) throw new Error("This needs the database of the product.");
  const { db, close } = connect(database);
  try {
    await db.transaction(async (tx) => {
      // The server waits until the transaction ends.
      await tx.execute(`select pg_advisory_xact_lock(${SEARCH_LOCK})`);
      await run();
    });
  } finally {
    await close();
  }
}

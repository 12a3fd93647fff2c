import type { OpenDatabase } from "#db/database";
import { processSingleton } from "#db/process-singleton";
import { type Changes, createChanges } from "./models/changes";
import type { Env } from "./process/env";
import { logUnexpected } from "./process/log";

interface State {
  changes?: Changes | undefined;
  /** Whether LISTEN runs over DATABASE_URL. */
  isIndirect?: boolean;
}

const state = processSingleton("changes", (): State => ({}));

/**
 * Starts to publish the changes of this process and to receive those of others, unless that was started. LISTEN does not
 * work through a pooler in transaction mode: then it uses DATABASE_DIRECT_URL, and without that only this process's own
 * changes are published here and pages poll.
 */
export function startChanges(
  { address, pools }: Pick<OpenDatabase, "address" | "pools">,
  { prepare, databaseDirectUrl }: Pick<Env, "prepare" | "databaseDirectUrl">,
): Changes {
  const listens = prepare && pools.pooler !== "transaction";
  state.isIndirect = databaseDirectUrl === undefined;
  state.changes ??= createChanges(databaseDirectUrl ?? (listens ? address : null), logUnexpected);
  return state.changes;
}

/** DATABASE_URL is a pooler in transaction mode after all: LISTEN would stay in a connection that others use. */
export function leaveChannel(): void {
  if (state.isIndirect) state.changes?.leaveChannel();
}

/** The changes of this process. @throws Error before they are started */
export function changes(): Changes {
  if (state.changes) return state.changes;
  throw new Error("Changes are not started: the process starts them when its database is open.");
}

/** Publishes what is pending, then closes. */
export async function stopChanges(): Promise<void> {
  const { changes } = state;
  state.changes = undefined;
  await changes?.close();
}

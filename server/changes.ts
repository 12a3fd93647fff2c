import type { Address } from "#db/address";
import { processSingleton } from "#db/process-singleton";
import { type Changes, createChanges } from "./models/changes";
import type { Env } from "./process/env";
import { logUnexpected } from "./process/log";

const state = processSingleton("changes", (): { changes?: Changes | undefined } => ({}));

/**
 * Starts to publish the changes of this process and to receive those of others, unless that was started. LISTEN does not
 * work through a pooler: then it uses DATABASE_DIRECT_URL, and without that only this process's own changes are published
 * here and pages poll.
 */
export function startChanges(address: Address, env: Pick<Env, "prepare" | "databaseDirectUrl">): Changes {
  state.changes ??= createChanges(env.databaseDirectUrl ?? (env.prepare ? address : null), logUnexpected);
  return state.changes;
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

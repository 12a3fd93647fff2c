import type { Address } from "#db/postgres";
import { type Changes, createChanges } from "./models/changes";
import type { Env } from "./process/env";
import { logUnforeseen } from "./process/log";

const NAME = Symbol.for("vitrine.changes");

// On globalThis, for Next evaluates modules more than once and the process tells its changes once.
const holder = globalThis as { [NAME]?: Changes }; // only this file knows the name

/**
 * Begins to tell and hear of changes in this process, unless it did already. Behind a pooler nothing can be heard: then
 * DATABASE_DIRECT_URL is used, and without it this process tells itself alone and pages ask every few seconds.
 */
export function beginChanges(address: Address, env: Pick<Env, "prepare" | "databaseDirectUrl">): Changes {
  holder[NAME] ??= createChanges(env.databaseDirectUrl ?? (env.prepare ? address : null), logUnforeseen);
  return holder[NAME];
}

/** The changes of this process. @throws Error before they have begun */
export function changes(): Changes {
  if (!holder[NAME]) throw new Error("Changes are not told yet: the process begins to when its database is open.");
  return holder[NAME];
}

/** Tells what was not told yet, and ends it. */
export async function endChanges(): Promise<void> {
  const ending = holder[NAME];
  delete holder[NAME];
  await ending?.close();
}

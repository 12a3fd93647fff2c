import type { Pools } from "#db/postgres";
import { processSingleton } from "#db/process-singleton";
import { type Keyring, NO_KEYS, watchKeys } from "./http/access/keyring";

const state = processSingleton("keyring", (): { keyring?: Keyring | undefined } => ({}));

/** Starts to follow the API keys of the process's database, unless that was started. */
export async function startKeyring(pools: Pools): Promise<Keyring> {
  state.keyring ??= await watchKeys(pools);
  return state.keyring;
}

/** The API keys of this process; none before they are followed. */
export function keyring(): Keyring {
  return state.keyring ?? NO_KEYS;
}

export async function stopKeyring(): Promise<void> {
  const { keyring } = state;
  state.keyring = undefined;
  await keyring?.stop();
}

import { processSingleton } from "#db/process-singleton";
import { type Access, createAccess } from "./http/access";
import { NONE_ENDED } from "./http/access/ended-sessions";
import { keyring } from "./keyring";
import { env } from "./process/env";

const state = processSingleton("access", (): { access?: Access } => ({}));

/** Makes the access of the server that of its pages too: it knows the sessions of people. */
export function setAccess(access: Access): void {
  state.access = access;
}

/** Who may do what in this process; under `next dev` nobody signs in by OpenID Connect. */
export function access(): Access {
  state.access ??= createAccess(env(), NONE_ENDED, keyring());
  return state.access;
}

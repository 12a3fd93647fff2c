import type { Author } from "#server/models/author";
import type { Role } from "#server/routers/context";

/** Who may do what, as of a request. */
export interface Identity {
  /** Admin where no credential is required; null for a key that is not valid any more, and for none where it is required. */
  role: Role | null;
  /** The keys of artifacts that the role reaches, see `KeyPatterns`; null: everything. */
  keys: string | null;
  /** `key:NAME` or `person:ID` for a valid credential, otherwise the client's address. Work is shared out by it. */
  caller: string;
  /** Whom writes are attributed to. */
  actor: Author["actor"];
  /** The id of the session that the credential is, if it is one. */
  session?: string;
  /** The id of the API key, if it is in the database. */
  keyId?: string;
  /** Why a known API key has no role. */
  problem?: string;
}

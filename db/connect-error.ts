import { type Address, nameOf, seeksPrimary } from "./address";
import { isLoss } from "./connection/loss";
import { NO_TLS } from "./connection/tls";
import { codeOf, MigrationError, StartupError } from "./startup-error";

/** What is wrong and what to do, by the code of an error while the database is opened. */
const SENTENCES: Record<string, string> = {
  "28000": "rejects this user or host: correct the user in DATABASE_URL, or its pg_hba.conf",
  "28P01": "rejects the password: correct DATABASE_URL",
  "3D000": "has no such database: create it, or correct DATABASE_URL",
  "42501":
    'does not let this user create or read tables: grant it the rights, or run "vitrine migrate" as a user who may create tables',
  "25006":
    "is a standby, or read-only, and takes no writes: name the primary in DATABASE_URL, or all hosts (postgres://user@one,two/name)",
  "53300": "has no connection left: raise its max_connections, or close others",
  "0A000": "lacks the extension pg_trgm: install PostgreSQL's contrib package",
  "58P01": "lacks the extension pg_trgm: install PostgreSQL's contrib package",
};

/** Codes of a migration that creates what exists: table, column, constraint or trigger, function, schema. */
for (const code of ["42P07", "42701", "42710", "42723", "42P06"]) {
  SENTENCES[code] =
    "already has what a pending migration creates: the tables are another program's, or rows of vitrine_migration were lost; use an empty database, or restore a backup";
}

SENTENCES[NO_TLS] = "has no TLS: switch its ssl on, or leave sslmode out of DATABASE_URL";

/** Codes of a certificate that is signed by nobody known, has expired, or is another host's. */
const CERTIFICATE = /CERT|UNABLE_TO_/;

/** A code of PostgreSQL, not of the driver or the network. */
const SQLSTATE = /^[0-9][0-9A-Z]{4}$/;

const NO_PRIMARY = "has no primary that can be reached: its hosts are standbys, or do not run";

/** An error while the database is opened as a StartupError with the database's address, never its password. */
export function connectError(error: unknown, address: Address): StartupError {
  const chain = causes(error);
  const known = chain.find((cause) => cause instanceof StartupError);
  if (known) return known;
  const code = chain.map(codeOf).find(Boolean) ?? "";
  const sentence = /^(?:CONNECT|E[A-Z])/.test(code) && seeksPrimary(address) ? NO_PRIMARY : SENTENCES[code];
  if (sentence) return new StartupError(`The PostgreSQL at ${nameOf(address)} ${sentence}.`);
  if (CERTIFICATE.test(code)) {
    return new StartupError(
      `The PostgreSQL at ${nameOf(address)} has a certificate that is not trusted (${code}): name its authority in NODE_EXTRA_CA_CERTS, or set sslmode=require to encrypt without this check.`,
    );
  }
  const failed = chain.find((cause) => cause instanceof MigrationError);
  if (failed && SQLSTATE.test(code) && !isLoss(chain.at(-1))) {
    const reason = chain.at(-1)?.message.split("\n", 1)[0];
    return new StartupError(
      `The migration ${failed.migration} failed on the PostgreSQL at ${nameOf(address)}: ${reason} (${code}). No table was changed: correct what it says and start again, or restore a backup into an empty database; the Vitrine that was used before still runs.`,
    );
  }
  const why = code || (chain.at(-1)?.message ?? String(error));
  return new StartupError(
    `The PostgreSQL at ${nameOf(address)} cannot be used (${why}): start it, or correct DATABASE_URL.`,
  );
}

/** An error and its causes, at most 8. */
export function causes(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let next = error; next instanceof Error && chain.length < 8; next = next.cause) chain.push(next);
  return chain;
}

import type { Address } from "./postgres";
import { codeOf, StartupError } from "./startup-error";

/** What to do about an error that the database gave while the server starts, by its code. */
const SENTENCES: Record<string, string> = {
  "28000": "does not let this user or host in: correct the user in DATABASE_URL, or its pg_hba.conf",
  "28P01": "refuses the password: correct DATABASE_URL",
  "3D000": "has no such database: create it, or correct DATABASE_URL",
  "42501":
    'does not let this user create tables: grant it CREATE on the database and on its schema public, or run "vitrine migrate" as a user who may',
  "53300": "has no connection left: raise its max_connections, or close others",
  "0A000": "lacks the extension pg_trgm: install PostgreSQL's contrib package",
  "58P01": "lacks the extension pg_trgm: install PostgreSQL's contrib package",
};

/**
 * What whoever starts the server is told about an error while opening the database.
 * @returns a Refusal: the error itself where it is one, else where the database is (no password), what is wrong, what to do
 */
export function refusalOf(error: unknown, address: Address): StartupError {
  const known = causes(error).find((cause) => cause instanceof StartupError);
  if (known) return known;
  const innermost = causes(error).at(-1);
  const code = causes(error).map(codeOf).find(Boolean) ?? "";
  const sentence = SENTENCES[code];
  if (sentence) return new StartupError(`The PostgreSQL at ${placeOf(address)} ${sentence}.`);
  const why = code || (innermost?.message ?? String(error));
  return new StartupError(
    `The PostgreSQL at ${placeOf(address)} cannot be used (${why}): start it, or correct DATABASE_URL.`,
  );
}

/** Whether a pooler refused the limits of time that are asked for at connect. */
export function takesNoLimits(error: unknown): boolean {
  return causes(error).some(({ message }) => /unsupported startup parameter/i.test(message));
}

function causes(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let next = error; next instanceof Error && chain.length < 8; next = next.cause) chain.push(next);
  return chain;
}

function placeOf(address: Address): string {
  if (typeof address !== "string") return `${address.host}:${address.port}`;
  if (!URL.canParse(address)) return "DATABASE_URL";
  const { host, pathname, searchParams } = new URL(address);
  return `${host || searchParams.get("host") || "this machine"}${pathname}`;
}

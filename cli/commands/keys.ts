import type { ApiKey, ApiKeyCreate } from "#contract/api-key";
import { headedColumns, localTime, oneLine } from "../artifacts/format";
import { secondsOf } from "../artifacts/retention";
import { command } from "../runtime/command";
import { confirm } from "../terminal/confirm";
import { notFoundError, usageError } from "../terminal/error";
import type { Output } from "../terminal/output";

const ROLES = ["read", "write", "admin"] as const;

export const keys = command({
  name: "keys",
  summary: "Manage API keys: list, make and revoke them",
  synopsis: "[action] [name]",
  argCount: [0, 2],
  complete: [["create", "revoke"], []],
  options: {
    role: {
      type: "string",
      value: "ROLE",
      complete: ROLES,
      help: "Of a new key: read, write or admin (default: read)",
    },
    keys: { type: "string", value: "PATTERNS", help: "Limit a new key to artifacts of these keys: reports/*,sales-*" },
    expires: {
      type: "string",
      value: "AGE",
      help: "When a new key expires: 12h, 52w, a date, or never (default: 90d)",
    },
    reason: { type: "string", value: "TEXT", help: "Why, for the history" },
    yes: { type: "boolean", short: "y", default: false, help: "Revoke without asking" },
  },
  details: `Without an action, lists the keys. create makes one of a name; revoke ends one, by its name or id.
Requires the role admin. create prints the secret, which is never shown again. A revoked key is refused at
once, and the sessions that were signed in with it end. Keys of VITRINE_API_KEYS are listed, but only that
variable of the server changes them.`,
  examples: ["vitrine keys create nightly-etl --role write --expires 90d", "vitrine keys revoke nightly-etl"],
  async run({ args: [verb, name], values, connection, output, interruption }) {
    const { apiKey } = connection.vitrine;
    const { reason } = values;
    if (verb === undefined) {
      const listed = await apiKey.list.query();
      return output.result(listed, () => formatKeys(listed, output));
    }
    if (verb !== "create" && verb !== "revoke") throw usageError(`Unknown "keys ${verb}": use create or revoke.`);
    if (name === undefined) throw usageError(`Usage: vitrine keys ${verb} <name>.`);
    if (verb === "create") {
      const limits = {
        role: parseRole(values.role ?? "read"),
        keys: values.keys,
        expires: parseExpiry(values.expires),
      };
      const created = await apiKey.create.mutate({ name, ...limits, reason });
      await output.result(created, () => created.secret);
      return output.note(
        `This is the secret of ${oneLine(name)}, with the role ${created.role}. It is never shown again.`,
      );
    }
    const key = find(await apiKey.list.query(), name);
    await confirm({ output, interruption }, values.yes, `Revoke the API key ${oneLine(key.name)}?`);
    const revoked = await apiKey.revoke.mutate({ id: key.id, reason });
    await output.result(revoked, () => `Revoked ${oneLine(revoked.name)}.`);
  },
});

function parseRole(text: string): ApiKeyCreate["role"] {
  const role = ROLES.find((each) => each === text);
  if (role === undefined) throw usageError(`Invalid --role "${text}": use read, write or admin.`);
  return role;
}

/** Absent: in 90 days; null: never. */
function parseExpiry(text = "90d"): string | null {
  if (text === "never") return null;
  const seconds = secondsOf(text);
  if (seconds !== null) return new Date(Date.now() + seconds * 1000).toISOString();
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw usageError(`Invalid --expires "${text}": use 12h, 90d or 52w, a date, or never.`);
  return new Date(time).toISOString();
}

function find(listed: ApiKey[], name: string): ApiKey & { id: string } {
  const key = listed.find((each) => each.id === name || (each.name === name && each.revoked === null));
  if (!key) throw notFoundError(`There is no API key "${oneLine(name)}".`);
  const { id } = key;
  if (id === null) throw usageError(`"${oneLine(name)}" is in VITRINE_API_KEYS of the server; remove it there.`);
  return { ...key, id };
}

function formatKeys(listed: ApiKey[], output: Output): string {
  if (listed.length === 0) return "There are no API keys.";
  const time = (timestamp: string | null, none: string) => (timestamp === null ? none : localTime(timestamp));
  const rows = listed.map(({ id, name, role, keys, hint, lastUsed, expires, revoked }) => [
    oneLine(name),
    keys === null ? role : `${role}@${keys}`,
    id === null ? "VITRINE_API_KEYS" : `${hint}…`,
    id === null ? "" : time(lastUsed, "never"),
    id === null ? "" : revoked === null ? time(expires, "never") : `revoked ${localTime(revoked)}`,
  ]);
  return headedColumns(["NAME", "ROLE", "SECRET", "LAST USED", "EXPIRES"], rows, output);
}

import { resolve } from "node:path";
import { z } from "zod";
import { StartupError } from "#db/startup-error";

const LOOPBACK = ["127.0.0.1", "::1", "localhost"];

/** An API key: who it is, what it may do, what is sent. */
export interface ApiKey {
  name: string;
  role: "read" | "write" | "admin";
  secret: string;
}

/** What the environment says, parsed; nothing else reads it. */
export interface Env {
  port: number;
  /** The address that is bound. */
  host: string;
  /** undefined: the embedded PostgreSQL. */
  databaseUrl: string | undefined;
  /** The same database without a pooler between, for LISTEN. */
  databaseDirectUrl: string | undefined;
  /** Whether statements may be prepared. */
  prepare: boolean;
  /** Whether a start runs pending migrations. */
  migrate: "on" | "off";
  /** The data folder, absolute. */
  dataDir: string;
  /** The largest `data` of an artifact, in bytes. */
  maxData: number;
  /** How long removed versions are kept; 0 is for ever. */
  trashDays: number;
  /** Host names accepted besides the machine's own, in lower case. */
  allowedHosts: string[];
  apiKeys: ApiKey[];
  /** Who is asked for a credential: nobody on loopback or by VITRINE_AUTH=none, else everybody. */
  auth: "loopback" | "keys" | "none";
}

const whole = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
const list = z.string().transform((text) =>
  text
    .split(",")
    .map((each) => each.trim())
    .filter(Boolean),
);
const url = z.string().regex(/^postgres(?:ql)?:\/\//);
const Key = z
  .string()
  // The secret may hold colons; name and role may not.
  .regex(/^[^:\s]{1,64}:(?:read|write|admin):\S{8,}$/)
  .transform((text) => {
    const [name = "", role = "", ...secret] = text.split(":");
    return { name, role: z.enum(["read", "write", "admin"]).parse(role), secret: secret.join(":") };
  });

/** Each variable: its form, what it is when absent, and the words for a value that is not of that form. */
const Variables = {
  PORT: [whole.refine((port) => port <= 65_535), "4400", "a port from 0 to 65535"],
  VITRINE_HOST: [z.string().regex(/^[\w.:-]+$/), "127.0.0.1", "an address or a host name"],
  DATABASE_URL: [url.optional(), undefined, "a URL that begins with postgres://"],
  DATABASE_DIRECT_URL: [url.optional(), undefined, "a URL that begins with postgres://"],
  VITRINE_PREPARE: [z.enum(["on", "off"]), "on", '"on" or "off"'],
  VITRINE_MIGRATE: [z.enum(["on", "off"]), "on", '"on" or "off"'],
  VITRINE_DATA: [z.string(), ".vitrine", "a folder"],
  VITRINE_MAX_DATA: [
    whole.refine((bytes) => bytes >= 1 && bytes <= 256 * 2 ** 20),
    String(64 * 2 ** 20),
    "a number of bytes from 1 to 268435456 (256 MiB)",
  ],
  VITRINE_TRASH_DAYS: [whole.refine((days) => days <= 36_500), "30", "a number of days from 0 (for ever) to 36500"],
  VITRINE_ALLOWED_HOSTS: [list, "", "host names with commas between"],
  VITRINE_API_KEYS: [
    list.pipe(z.array(Key)).refine((keys) => new Set(keys.map(({ name }) => name)).size === keys.length),
    "",
    "name:role:secret with commas between, each name once, the role read, write or admin, the secret 8 characters or more",
  ],
  VITRINE_AUTH: [z.enum(["none"]).optional(), undefined, '"none" or absent'],
} as const satisfies Record<string, readonly [z.ZodType, string | undefined, string]>;

type Name = keyof typeof Variables;

/**
 * Reads the variables.
 * @param source the environment; an empty value counts as absent
 * @throws Refusal that names the variable and what it must be (never a secret's value)
 */
export function parse(source: Record<string, string | undefined>): Env {
  const host = read("VITRINE_HOST");
  const apiKeys = read("VITRINE_API_KEYS");
  const dataDir = read("VITRINE_DATA");
  return {
    port: read("PORT"),
    host,
    databaseUrl: read("DATABASE_URL"),
    databaseDirectUrl: read("DATABASE_DIRECT_URL"),
    prepare: read("VITRINE_PREPARE") === "on",
    migrate: read("VITRINE_MIGRATE"),
    dataDir: resolve(dataDir),
    maxData: read("VITRINE_MAX_DATA"),
    trashDays: read("VITRINE_TRASH_DAYS"),
    allowedHosts: read("VITRINE_ALLOWED_HOSTS").map((name) => name.toLowerCase()),
    apiKeys,
    auth: authOf(host, apiKeys, read("VITRINE_AUTH")),
  };

  function read<N extends Name>(name: N): z.output<(typeof Variables)[N][0]> {
    const [form, absent, words] = Variables[name];
    const result = form.safeParse(source[name]?.trim() || absent);
    if (!result.success) throw new StartupError(`${name} must be ${words}.`);
    return result.data as z.output<(typeof Variables)[N][0]>; // the form of that very name
  }
}

function authOf(host: string, keys: ApiKey[], none: "none" | undefined): Env["auth"] {
  if (none && keys.length > 0)
    throw new StartupError("VITRINE_AUTH=none and VITRINE_API_KEYS exclude each other: unset one.");
  if (keys.length > 0) return "keys";
  if (none) return "none";
  if (LOOPBACK.includes(host)) return "loopback";
  throw new StartupError(
    `VITRINE_HOST=${host} lets other machines in: set VITRINE_API_KEYS (name:role:secret, …), or VITRINE_AUTH=none to let everybody do everything.`,
  );
}

let parsed: Env | undefined;

/** The process's own environment, parsed once. @throws Refusal at the first call, see `parse` */
export function env(): Env {
  parsed ??= parse(process.env);
  return parsed;
}

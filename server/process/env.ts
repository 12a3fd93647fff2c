import { isIP } from "node:net";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { StartupError } from "#db/startup-error";
import { OPENID_VARIABLES, type OpenId, readOpenId } from "./openid-env";

const LOOPBACK = ["127.0.0.1", "::1", "localhost"];

/** Of `Env.revisions`, and of calls in process. */
export const DEFAULT_REVISIONS = 1000;
/** Of `Env.searchVersions`, and of calls in process. */
export const DEFAULT_SEARCH_VERSIONS = 16 * 1024;

export interface ApiKey {
  name: string;
  role: "read" | "write" | "admin";
  secret: string;
  /** The keys of artifacts that it reaches, see `KeyPatterns`; absent: all. */
  keys?: string;
}

/** The server's environment variables, parsed; no other code reads them. */
export interface Env {
  port: number;
  /** The address to listen on. */
  host: string;
  /** undefined: the embedded PostgreSQL. */
  databaseUrl: string | undefined;
  /** The same database without a pooler, for LISTEN. */
  databaseDirectUrl: string | undefined;
  /** Whether statements may be prepared. */
  prepare: boolean;
  /** The number of connections for writes, and of those for searches. */
  poolSize: number;
  /** Whether a start runs pending migrations. */
  migrate: "on" | "off";
  /** The data folder, absolute. */
  dataDir: string;
  /** The largest `data` of an artifact, in bytes. */
  maxData: number;
  /** The address of the blob store; undefined: none. */
  blobs: string | undefined;
  /** What the blob store reads beside its address: the variables of AWS. */
  aws: Readonly<Record<string, string | undefined>>;
  /** "redirect": programs that download large files get a link of the blob store. */
  blobLinks: "stream" | "redirect";
  /** Up to which size files are kept in the database where there is no blob store, in bytes. */
  inline: number;
  /** The largest file, in bytes. */
  maxFile: number;
  /** How long deleted versions stay in the trash; 0: for ever. */
  trashDays: number;
  /** How many revisions of a version are kept. */
  revisions: number;
  /** Up to which size search covers the data of versions that are not the latest of their key, in bytes. */
  searchVersions: number;
  /** How long events are kept; 0: for ever. */
  auditDays: number;
  /** The port of `/metrics` without credentials; undefined: only the main port has it. */
  metricsPort: number | undefined;
  /** "json": requests are logged, and every line is JSON. */
  log: "json" | "off";
  /** How long a stopping server goes on serving while `/api/ready` is 503, in seconds. */
  drain: number;
  /** How long requests under way may take to finish after that, in seconds. */
  grace: number;
  /** Host names accepted in addition to the machine's own, in lower case. */
  allowedHosts: string[];
  /** The origin that serves sandboxed files and nothing else; undefined: that of the pages. */
  sandboxOrigin: string | undefined;
  /** A folder of viewers; undefined: none. */
  viewers: string | undefined;
  /** Origins of other sites whose pages may call the API, such as `https://app.example`. */
  allowedOrigins: string[];
  /** Addresses and networks (CIDR) of proxies whose X-Forwarded-For and X-Forwarded-Proto are read. */
  trustedProxies: string[];
  apiKeys: ApiKey[];
  /** undefined: people sign in with API keys only. */
  openId: OpenId | undefined;
  /** "keys": every request needs an API key or a session; otherwise none does. */
  auth: "loopback" | "keys" | "none";
}

const integer = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
const seconds = integer.refine((value) => value <= 3_600);
const list = z.string().transform((text) =>
  text
    .split(",")
    .map((each) => each.trim())
    .filter(Boolean),
);
const url = z.string().regex(/^postgres(?:ql)?:\/\//);
const Key = z
  .string()
  // The secret may contain colons. A comma separates API keys, so that `|` joins the patterns of one.
  .regex(/^[^:\s]{1,64}:(?:read|write|admin)(?:@[a-z0-9._/*-]+(?:\|[a-z0-9._/*-]+)*)?:\S{8,}$/)
  .transform((text) => {
    const [name = "", access = "", ...secret] = text.split(":");
    const [role, patterns] = access.split("@");
    const keys = patterns === undefined ? {} : { keys: patterns.replaceAll("|", ",") };
    return { name, role: z.enum(["read", "write", "admin"]).parse(role), secret: secret.join(":"), ...keys };
  });

function isNetwork(text: string): boolean {
  const [address = "", prefix, ...more] = text.split("/");
  const bits = isIP(address) === 4 ? 32 : isIP(address) === 6 && !address.includes("%") ? 128 : -1;
  return more.length === 0 && (prefix === undefined ? bits > 0 : /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
}

/** Whether a text is an origin as browsers send it. */
function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/** Each variable: its schema, its default, and the description of a valid value. */
const Variables = {
  PORT: [integer.refine((port) => port <= 65_535), "4400", "a port from 0 to 65535"],
  VITRINE_HOST: [z.string().regex(/^[\w.:-]+$/), "127.0.0.1", "an address or a host name"],
  DATABASE_URL: [url.optional(), undefined, "a URL that begins with postgres://"],
  DATABASE_DIRECT_URL: [url.optional(), undefined, "a URL that begins with postgres://"],
  VITRINE_PREPARE: [z.enum(["on", "off"]), "on", '"on" or "off"'],
  VITRINE_POOL: [integer.refine((size) => size >= 2 && size <= 500), "10", "a number of connections from 2 to 500"],
  VITRINE_MIGRATE: [z.enum(["on", "off"]), "on", '"on" or "off"'],
  VITRINE_DATA: [z.string(), ".vitrine", "a folder"],
  VITRINE_MAX_DATA: [
    integer.refine((bytes) => bytes >= 1 && bytes <= 256 * 2 ** 20),
    String(64 * 2 ** 20),
    "a number of bytes from 1 to 268435456 (256 MiB)",
  ],
  VITRINE_BLOBS: [
    z
      .string()
      .regex(/^(?:file:\/\/\/|s3:\/\/)/)
      .optional(),
    undefined,
    "the address of a blob store, such as file:///srv/vitrine-blobs or s3://bucket/prefix?region=eu-central-1",
  ],
  VITRINE_BLOBS_LINKS: [z.enum(["stream", "redirect"]), "stream", '"stream" or "redirect"'],
  VITRINE_INLINE: [
    integer.refine((bytes) => bytes <= 2 ** 20),
    String(64 * 1024),
    "a number of bytes from 0 to 1048576 (1 MiB)",
  ],
  VITRINE_MAX_FILE: [
    integer.refine((bytes) => bytes >= 1 && bytes <= 5 * 2 ** 30),
    String(5 * 2 ** 30),
    "a number of bytes from 1 to 5368709120 (5 GiB)",
  ],
  VITRINE_TRASH_DAYS: [
    integer.refine((days) => days <= 36_500),
    "30",
    "a number of days from 0 (keep for ever) to 36500",
  ],
  VITRINE_AUDIT_DAYS: [
    integer.refine((days) => days <= 36_500),
    "400",
    "a number of days from 0 (keep for ever) to 36500",
  ],
  VITRINE_REVISIONS: [
    integer.refine((count) => count >= 1 && count <= 100_000),
    String(DEFAULT_REVISIONS),
    "a number of revisions from 1 to 100000",
  ],
  VITRINE_SEARCH_VERSIONS: [
    integer.refine((bytes) => bytes <= 256 * 1024),
    String(DEFAULT_SEARCH_VERSIONS),
    "a number of bytes from 0 to 262144 (256 KiB)",
  ],
  VITRINE_METRICS_PORT: [
    integer.refine((port) => port >= 1 && port <= 65_535).optional(),
    undefined,
    "a port from 1 to 65535",
  ],
  VITRINE_LOG: [z.enum(["json", "off"]), "off", '"json" or "off"'],
  VITRINE_DRAIN: [seconds, "0", "a number of seconds from 0 to 3600"],
  VITRINE_GRACE: [seconds, "1", "a number of seconds from 0 to 3600"],
  VITRINE_ALLOWED_HOSTS: [list, "", "a comma-separated list of host names"],
  VITRINE_ALLOWED_ORIGINS: [
    list.refine((origins) => origins.every(isOrigin)),
    "",
    "a comma-separated list of origins, such as https://app.example",
  ],
  VITRINE_SANDBOX_ORIGIN: [
    z.string().refine(isOrigin).optional(),
    undefined,
    "an origin of another host name, such as https://vitrine-sandbox.example",
  ],
  VITRINE_VIEWERS: [z.string().optional(), undefined, "a folder"],
  VITRINE_TRUSTED_PROXIES: [
    list.refine((networks) => networks.every(isNetwork)),
    "",
    "a comma-separated list of addresses and networks, such as 10.0.0.0/8",
  ],
  VITRINE_API_KEYS: [
    list.pipe(z.array(Key)).refine((keys) => new Set(keys.map(({ name }) => name)).size === keys.length),
    "",
    "a comma-separated list of name:role:secret; names are unique, the role is read, write or admin, also limited to keys such as write@reports/*, and the secret has 8 characters or more",
  ],
  ...OPENID_VARIABLES,
  VITRINE_AUTH: [z.enum(["keys", "none"]).optional(), undefined, '"keys", "none" or absent'],
} as const satisfies Record<string, readonly [z.ZodType, string | undefined, string]>;

type Name = keyof typeof Variables;

/**
 * @param source environment variables; an empty value counts as absent
 * @throws StartupError that names the variable and its valid values, never the value of a secret
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const host = read("VITRINE_HOST");
  const apiKeys = read("VITRINE_API_KEYS");
  const openId = readOpenId(read);
  const dataDir = read("VITRINE_DATA");
  const viewers = read("VITRINE_VIEWERS");
  return {
    port: read("PORT"),
    host,
    databaseUrl: read("DATABASE_URL"),
    databaseDirectUrl: read("DATABASE_DIRECT_URL"),
    prepare: read("VITRINE_PREPARE") === "on",
    poolSize: read("VITRINE_POOL"),
    migrate: read("VITRINE_MIGRATE"),
    dataDir: resolve(dataDir),
    maxData: read("VITRINE_MAX_DATA"),
    // Beside the embedded PostgreSQL there is a folder for files; another one says nothing about where they could be.
    blobs:
      read("VITRINE_BLOBS") ?? (read("DATABASE_URL") ? undefined : pathToFileURL(join(resolve(dataDir), "blobs")).href),
    aws: Object.fromEntries(Object.entries(source).filter(([name, value]) => name.startsWith("AWS_") && value)),
    blobLinks: read("VITRINE_BLOBS_LINKS"),
    inline: read("VITRINE_INLINE"),
    maxFile: read("VITRINE_MAX_FILE"),
    trashDays: read("VITRINE_TRASH_DAYS"),
    auditDays: read("VITRINE_AUDIT_DAYS"),
    revisions: read("VITRINE_REVISIONS"),
    searchVersions: read("VITRINE_SEARCH_VERSIONS"),
    metricsPort: read("VITRINE_METRICS_PORT"),
    log: read("VITRINE_LOG"),
    drain: read("VITRINE_DRAIN"),
    grace: read("VITRINE_GRACE"),
    allowedHosts: read("VITRINE_ALLOWED_HOSTS").map((name) => name.toLowerCase()),
    sandboxOrigin: read("VITRINE_SANDBOX_ORIGIN"),
    viewers: viewers === undefined ? undefined : resolve(viewers),
    allowedOrigins: read("VITRINE_ALLOWED_ORIGINS"),
    trustedProxies: read("VITRINE_TRUSTED_PROXIES"),
    apiKeys,
    openId,
    auth: authOf(host, { apiKeys, openId }, read("VITRINE_AUTH")),
  };

  function read<N extends Name>(name: N): z.output<(typeof Variables)[N][0]> {
    const [schema, fallback, valid] = Variables[name];
    const result = schema.safeParse(source[name]?.trim() || fallback);
    if (!result.success) throw new StartupError(`${name} must be ${valid}.`);
    return result.data as z.output<(typeof Variables)[N][0]>; // the schema of that name
  }
}

function authOf(
  host: string,
  { apiKeys, openId }: Pick<Env, "apiKeys" | "openId">,
  auth: "keys" | "none" | undefined,
): Env["auth"] {
  const variable = apiKeys.length > 0 ? "VITRINE_API_KEYS" : openId ? "VITRINE_OIDC_ISSUER" : null;
  if (auth === "none" && variable) {
    throw new StartupError(`VITRINE_AUTH=none cannot be combined with ${variable}: unset one.`);
  }
  if (variable) return "keys";
  if (auth) return auth;
  if (LOOPBACK.includes(host)) return "loopback";
  throw new StartupError(
    `VITRINE_HOST=${host} is reachable from other machines: set VITRINE_API_KEYS (name:role:secret, …), VITRINE_AUTH=keys for the keys of the database, or VITRINE_AUTH=none to allow everyone everything.`,
  );
}

/** Whether every request needs a credential. Keys in the environment, or OpenID Connect, are enough to say so. */
export function requiresKeys({
  apiKeys,
  auth,
  openId,
}: Pick<Env, "apiKeys"> & Partial<Pick<Env, "auth" | "openId">>): boolean {
  return apiKeys.length > 0 || openId !== undefined || auth === "keys";
}

let cached: Env | undefined;

/** The environment of this process. @throws StartupError at the first call, see `parseEnv` */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}

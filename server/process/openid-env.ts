import { z } from "zod";
import { StartupError } from "#db/startup-error";

/** A group of the provider, or `*` for everyone, and the role of its members. */
export interface GroupRole {
  group: string;
  role: "read" | "write" | "admin";
  /** The keys of artifacts that it reaches, see `KeyPatterns`; absent: all. */
  keys?: string;
}

/** How people sign in by OpenID Connect. */
export interface OpenId {
  issuer: string;
  clientId: string;
  clientSecret: string;
  roles: GroupRole[];
  /** The claim that has the groups. */
  groupsClaim: string;
  scopes: string;
  /** What the sign-in page calls the provider. */
  name: string;
  /** How long a session lasts, in hours. */
  hours: number;
  /** The origin at which browsers reach the server; undefined: that of the request. */
  publicUrl: string | undefined;
}

const text = z.string().optional();

function isOrigin(value: string): boolean {
  return /^https?:/.test(value) && URL.canParse(value) && new URL(value).origin === value;
}

/** HTTPS, or HTTP on this machine, without query and fragment. */
function isIssuer(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, search, hash, username } = new URL(value);
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  return (protocol === "https:" || (protocol === "http:" && isLocal)) && `${search}${hash}${username}` === "";
}

const Role = z
  .string()
  // The group may contain colons. A comma separates roles, so that `|` joins the patterns of one.
  .regex(/^.{1,256}:(?:read|write|admin)(?:@[a-z0-9._/*-]+(?:\|[a-z0-9._/*-]+)*)?$/)
  .transform((each): GroupRole => {
    const colon = each.lastIndexOf(":");
    const [role, patterns] = each.slice(colon + 1).split("@");
    const keys = patterns === undefined ? {} : { keys: patterns.replaceAll("|", ",") };
    return { group: each.slice(0, colon), role: z.enum(["read", "write", "admin"]).parse(role), ...keys };
  });
const roles = z.string().transform((value) =>
  value
    .split(",")
    .map((each) => each.trim())
    .filter(Boolean),
);

/** As the variables of `env.ts`. */
export const OPENID_VARIABLES = {
  VITRINE_OIDC_ISSUER: [
    z.string().refine(isIssuer).optional(),
    undefined,
    "the https:// URL of an OpenID Connect provider, as in its own configuration",
  ],
  VITRINE_OIDC_CLIENT_ID: [text, undefined, "the id of this client at the provider"],
  VITRINE_OIDC_CLIENT_SECRET: [text, undefined, "the secret of this client at the provider"],
  VITRINE_OIDC_ROLES: [
    roles.pipe(z.array(Role)),
    "",
    "a comma-separated list of group:role, where * is everyone who can sign in, and the role is read, write or admin, also limited to keys such as write@reports/*",
  ],
  VITRINE_OIDC_GROUPS_CLAIM: [z.string().max(256), "groups", "the name of a claim, of at most 256 characters"],
  VITRINE_OIDC_SCOPES: [
    z
      .string()
      .regex(/^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/)
      .refine((scopes) => scopes.split(" ").includes("openid")),
    "openid profile email",
    "scopes with a space between them, among them openid",
  ],
  VITRINE_OIDC_NAME: [z.string().max(40), "OpenID Connect", "a name of at most 40 characters"],
  VITRINE_OIDC_SESSION_HOURS: [
    z
      .string()
      .regex(/^\d{1,4}$/)
      .transform(Number)
      .refine((hours) => hours >= 1 && hours <= 720),
    "24",
    "a number of hours from 1 to 720",
  ],
  VITRINE_PUBLIC_URL: [
    z.string().refine(isOrigin).optional(),
    undefined,
    "the scheme and host at which browsers reach the server, such as https://vitrine.example",
  ],
} as const satisfies Record<string, readonly [z.ZodType, string | undefined, string]>;

type Variables = typeof OPENID_VARIABLES;

/**
 * @param read parses a variable
 * @throws StartupError where one is missing
 */
export function readOpenId(
  read: <N extends keyof Variables>(name: N) => z.output<Variables[N][0]>,
): OpenId | undefined {
  const issuer = read("VITRINE_OIDC_ISSUER");
  const clientId = read("VITRINE_OIDC_CLIENT_ID");
  const clientSecret = read("VITRINE_OIDC_CLIENT_SECRET");
  const roles = read("VITRINE_OIDC_ROLES");
  const optional = {
    groupsClaim: read("VITRINE_OIDC_GROUPS_CLAIM"),
    scopes: read("VITRINE_OIDC_SCOPES"),
    name: read("VITRINE_OIDC_NAME"),
    hours: read("VITRINE_OIDC_SESSION_HOURS"),
    publicUrl: read("VITRINE_PUBLIC_URL"),
  };
  const required = {
    VITRINE_OIDC_ISSUER: issuer,
    VITRINE_OIDC_CLIENT_ID: clientId,
    VITRINE_OIDC_CLIENT_SECRET: clientSecret,
    VITRINE_OIDC_ROLES: roles.length > 0 ? roles : undefined,
  };
  const entries = Object.entries(required);
  if (entries.every(([, value]) => value === undefined)) return undefined;
  const missing = entries.filter(([, value]) => value === undefined).map(([name]) => name);
  if (missing.length > 0 || !issuer || !clientId || !clientSecret) {
    throw new StartupError(`Signing in by OpenID Connect also requires ${missing.join(" and ")}.`);
  }
  return { issuer, clientId, clientSecret, roles, ...optional };
}

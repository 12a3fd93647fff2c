import { expect, test } from "vitest";
import { StartupError } from "#db/startup-error";
import { parseEnv } from "./env";

test("defaults to loopback, port 4400 and the embedded database", () => {
  expect(parseEnv({})).toMatchObject({
    port: 4400,
    host: "127.0.0.1",
    databaseUrl: undefined,
    prepare: true,
    poolSize: 10,
    migrate: "on",
    maxData: 67_108_864,
    trashDays: 30,
    auditDays: 400,
    revisions: 1000,
    searchVersions: 16_384,
    metricsPort: undefined,
    log: "off",
    drain: 0,
    grace: 1,
    allowedHosts: [],
    allowedOrigins: [],
    trustedProxies: [],
    apiKeys: [],
    auth: "loopback",
    dataDir: `${process.cwd()}/.vitrine`,
  });
});

test("treats an empty value as absent", () => {
  expect(parseEnv({ PORT: "", VITRINE_AUTH: " ", DATABASE_URL: "", VITRINE_HOST: "" })).toEqual(parseEnv({}));
});

test.each([
  ["PORT", "http"],
  ["PORT", "70000"],
  ["DATABASE_URL", "mysql://db"],
  ["VITRINE_PREPARE", "false"],
  ["VITRINE_POOL", "1"],
  ["VITRINE_POOL", "501"],
  ["VITRINE_MIGRATE", "no"],
  ["VITRINE_MAX_DATA", "64MiB"],
  ["VITRINE_TRASH_DAYS", "-1"],
  ["VITRINE_METRICS_PORT", "0"],
  ["VITRINE_LOG", "text"],
  ["VITRINE_DRAIN", "0.5"],
  ["VITRINE_GRACE", "3601"],
  ["VITRINE_API_KEYS", "ci:owner:long-enough"],
  ["VITRINE_API_KEYS", "ci:read:short"],
  ["VITRINE_API_KEYS", "ci:read:long-enough,ci:write:long-enough"],
  ["VITRINE_TRUSTED_PROXIES", "proxy.internal"],
  ["VITRINE_TRUSTED_PROXIES", "10.0.0.0/33"],
  ["VITRINE_TRUSTED_PROXIES", "10.0.0.0/"],
  ["VITRINE_TRUSTED_PROXIES", "10.0.0.1/8/9"],
  ["VITRINE_TRUSTED_PROXIES", "fe80::1%eth0"],
  ["VITRINE_ALLOWED_ORIGINS", "ftp://a.example"],
  ["VITRINE_AUTH", "off"],
])("rejects %s=%s in one sentence that names the variable", (name, value) => {
  expect(() => parseEnv({ [name]: value })).toThrow(new RegExp(`^${name} must be [^\\n]+\\.$`));
});

test("accepts addresses and networks of both families as trusted proxies", () => {
  const { trustedProxies } = parseEnv({ VITRINE_TRUSTED_PROXIES: "10.0.0.0/8, 192.0.2.7,2001:db8::/32,::1" });
  expect(trustedProxies).toEqual(["10.0.0.0/8", "192.0.2.7", "2001:db8::/32", "::1"]);
});

test.each([
  ["PORT", "65536", "PORT must be a port from 0 to 65535."],
  ["VITRINE_HOST", "a b", "VITRINE_HOST must be an address or a host name."],
  ["DATABASE_URL", "http://postgres://db", "DATABASE_URL must be a URL that begins with postgres://."],
  ["DATABASE_DIRECT_URL", "db:5432", "DATABASE_DIRECT_URL must be a URL that begins with postgres://."],
  ["VITRINE_PREPARE", "yes", 'VITRINE_PREPARE must be "on" or "off".'],
  ["VITRINE_MIGRATE", "yes", 'VITRINE_MIGRATE must be "on" or "off".'],
  ["VITRINE_MAX_DATA", "0", "VITRINE_MAX_DATA must be a number of bytes from 1 to 268435456 (256 MiB)."],
  ["VITRINE_MAX_DATA", "268435457", "VITRINE_MAX_DATA must be a number of bytes from 1 to 268435456 (256 MiB)."],
  ["VITRINE_TRASH_DAYS", "36501", "VITRINE_TRASH_DAYS must be a number of days from 0 (keep for ever) to 36500."],
  ["VITRINE_TRASH_DAYS", "1e1", "VITRINE_TRASH_DAYS must be a number of days from 0 (keep for ever) to 36500."],
  ["VITRINE_POOL", "1", "VITRINE_POOL must be a number of connections from 2 to 500."],
  ["VITRINE_POOL", "501", "VITRINE_POOL must be a number of connections from 2 to 500."],
  ["VITRINE_DRAIN", "3601", "VITRINE_DRAIN must be a number of seconds from 0 to 3600."],
  ["VITRINE_GRACE", "1.5", "VITRINE_GRACE must be a number of seconds from 0 to 3600."],
  ["VITRINE_AUTH", "key", 'VITRINE_AUTH must be "keys", "none" or absent.'],
  [
    "VITRINE_API_KEYS",
    "ci",
    "VITRINE_API_KEYS must be a comma-separated list of name:role:secret; names are unique, the role is read, write or admin, also limited to keys such as write@reports/*, and the secret has 8 characters or more.",
  ],
])("rejects %s=%s and describes the valid values", (name, value, message) => {
  expect(() => parseEnv({ [name]: value })).toThrow(new StartupError(message));
});

test("accepts the least and the greatest values", () => {
  for (const port of [0, 65_535]) expect(parseEnv({ PORT: String(port) }).port).toBe(port);
  for (const bytes of [1, 268_435_456]) expect(parseEnv({ VITRINE_MAX_DATA: String(bytes) }).maxData).toBe(bytes);
  for (const days of [0, 36_500]) {
    const { trashDays, auditDays } = parseEnv({ VITRINE_TRASH_DAYS: String(days), VITRINE_AUDIT_DAYS: String(days) });
    expect([trashDays, auditDays]).toEqual([days, days]);
  }
  for (const count of [1, 100_000]) {
    expect(parseEnv({ VITRINE_REVISIONS: String(count) }).revisions).toBe(count);
  }
  for (const size of [2, 500]) expect(parseEnv({ VITRINE_POOL: String(size) }).poolSize).toBe(size);
  for (const seconds of ["0", "3600"]) {
    const env = parseEnv({ VITRINE_DRAIN: seconds, VITRINE_GRACE: seconds });
    expect([env.drain, env.grace]).toEqual([Number(seconds), Number(seconds)]);
  }
});

test("parses switches, addresses, folders and lists", () => {
  const env = parseEnv({
    VITRINE_HOST: " ::1 ",
    VITRINE_PREPARE: "off",
    VITRINE_MIGRATE: "off",
    VITRINE_DATA: "/srv/vitrine",
    VITRINE_ALLOWED_ORIGINS: "https://a.example, http://localhost:3000",
    VITRINE_ALLOWED_HOSTS: " Vitrine.Example ,, other.example:8080,",
    DATABASE_URL: "postgres://me@db/x",
    DATABASE_DIRECT_URL: "postgresql://me@db/x",
  });
  expect(env).toMatchObject({
    host: "::1",
    prepare: false,
    migrate: "off",
    dataDir: "/srv/vitrine",
    allowedOrigins: ["https://a.example", "http://localhost:3000"],
    allowedHosts: ["vitrine.example", "other.example:8080"],
    databaseUrl: "postgres://me@db/x",
    databaseDirectUrl: "postgresql://me@db/x",
    auth: "loopback",
  });
  expect(parseEnv({ VITRINE_HOST: "localhost" }).auth).toBe("loopback");
});

test.each([
  ["a name of 65 characters", `${"n".repeat(65)}:read:12345678`],
  ["a name with a space", "my ci:read:12345678"],
  ["a secret with a space", "ci:read:1234 5678"],
  ["an empty name", ":read:12345678"],
  ["text before the name", "x y:ci:read:12345678"],
])("rejects an API key with %s", (_, key) => {
  expect(() => parseEnv({ VITRINE_API_KEYS: key })).toThrow(StartupError);
});

test("never repeats a secret in an error", () => {
  expect(() => parseEnv({ VITRINE_API_KEYS: "ci:owner:top-secret" })).not.toThrow(/top-secret/);
});

test("parses API keys, whose secrets may contain colons", () => {
  const { apiKeys, auth } = parseEnv({ VITRINE_API_KEYS: "ci:write:a:b:c-long, me:admin:12345678" });
  expect(apiKeys).toEqual([
    { name: "ci", role: "write", secret: "a:b:c-long" },
    { name: "me", role: "admin", secret: "12345678" },
  ]);
  expect(auth).toBe("keys");
});

test("parses key patterns of API keys", () => {
  const { apiKeys } = parseEnv({ VITRINE_API_KEYS: "a:write@reports/*:12345678,b:read@x|y-*:a@b:12345678" });
  expect(apiKeys).toEqual([
    { name: "a", role: "write", secret: "12345678", keys: "reports/*" },
    { name: "b", role: "read", secret: "a@b:12345678", keys: "x,y-*" },
  ]);
  for (const role of ["write@", "write@A", "write@a|", "@a"]) {
    expect(() => parseEnv({ VITRINE_API_KEYS: `a:${role}:12345678` }), role).toThrow(StartupError);
  }
});

test("requires API keys or VITRINE_AUTH=none to listen beyond loopback", () => {
  expect(() => parseEnv({ VITRINE_HOST: "0.0.0.0" })).toThrow(/VITRINE_API_KEYS.*VITRINE_AUTH=none/);
  expect(parseEnv({ VITRINE_HOST: "0.0.0.0", VITRINE_AUTH: "none" }).auth).toBe("none");
  expect(parseEnv({ VITRINE_AUTH: "none" }).auth).toBe("none");
  for (const host of ["0.0.0.0", "127.0.0.1"]) {
    expect(parseEnv({ VITRINE_HOST: host, VITRINE_AUTH: "keys" }).auth).toBe("keys");
  }
  expect(() => parseEnv({ VITRINE_AUTH: "none", VITRINE_API_KEYS: "me:admin:12345678" })).toThrow(
    new StartupError("VITRINE_AUTH=none cannot be combined with VITRINE_API_KEYS: unset one."),
  );
  expect(parseEnv({ VITRINE_HOST: "0.0.0.0", VITRINE_API_KEYS: "me:admin:12345678" }).auth).toBe("keys");
});

const OIDC = {
  VITRINE_OIDC_ISSUER: "https://login.example.com/realms/main",
  VITRINE_OIDC_CLIENT_ID: "vitrine",
  VITRINE_OIDC_CLIENT_SECRET: "top-secret",
  VITRINE_OIDC_ROLES: "ops:admin, urn:team:a:write,bi:write@reports/*|sales,*:read",
};

test("parses OpenID Connect, whose groups may contain colons", () => {
  const { openId, auth } = parseEnv({ ...OIDC, VITRINE_HOST: "0.0.0.0" });
  expect(openId).toEqual({
    issuer: "https://login.example.com/realms/main",
    clientId: "vitrine",
    clientSecret: "top-secret",
    roles: [
      { group: "ops", role: "admin" },
      { group: "urn:team:a", role: "write" },
      { group: "bi", role: "write", keys: "reports/*,sales" },
      { group: "*", role: "read" },
    ],
    groupsClaim: "groups",
    scopes: "openid profile email",
    name: "OpenID Connect",
    hours: 24,
    publicUrl: undefined,
  });
  expect(auth).toBe("keys");
  const optional = { VITRINE_OIDC_SESSION_HOURS: "720", VITRINE_PUBLIC_URL: "https://vitrine.example:8443" };
  expect(parseEnv({ ...OIDC, ...optional }).openId).toMatchObject({
    hours: 720,
    publicUrl: "https://vitrine.example:8443",
  });
  expect(parseEnv({ ...OIDC, VITRINE_OIDC_ISSUER: "http://localhost:8080/" }).openId).toBeDefined();
  expect(parseEnv({ VITRINE_PUBLIC_URL: "https://vitrine.example" }).openId).toBeUndefined();
});

test.each([
  ["VITRINE_OIDC_ISSUER", "http://login.example.com"],
  ["VITRINE_OIDC_ISSUER", "login.example.com"],
  ["VITRINE_OIDC_ISSUER", "https://login.example.com/?realm=main"],
  ["VITRINE_OIDC_ROLES", "ops:owner"],
  ["VITRINE_OIDC_ROLES", ":read"],
  ["VITRINE_OIDC_SCOPES", "profile email"],
  ["VITRINE_OIDC_SESSION_HOURS", "0"],
  ["VITRINE_OIDC_SESSION_HOURS", "721"],
  ["VITRINE_PUBLIC_URL", "https://vitrine.example/"],
])("rejects %s=%s", (name, value) => {
  expect(() => parseEnv({ ...OIDC, [name]: value })).toThrow(new RegExp(`^${name} must be [^\\n]+\\.$`));
});

test("names what OpenID Connect lacks, and what it cannot be combined with", () => {
  const { VITRINE_OIDC_ISSUER } = OIDC;
  expect(() => parseEnv({ VITRINE_OIDC_ISSUER })).toThrow(
    "Signing in by OpenID Connect also requires VITRINE_OIDC_CLIENT_ID and VITRINE_OIDC_CLIENT_SECRET and VITRINE_OIDC_ROLES.",
  );
  expect(() => parseEnv({ ...OIDC, VITRINE_OIDC_ROLES: " , " })).toThrow(/also requires VITRINE_OIDC_ROLES\.$/);
  expect(() => parseEnv({ ...OIDC, VITRINE_AUTH: "none" })).toThrow(/cannot be combined with VITRINE_OIDC_ISSUER/);
});

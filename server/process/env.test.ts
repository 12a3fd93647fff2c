import { expect, test } from "vitest";
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
    metricsPort: undefined,
    log: "off",
    drain: 0,
    grace: 1,
    allowedHosts: [],
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
  ["VITRINE_AUTH", "off"],
])("rejects %s=%s in one sentence that names the variable", (name, value) => {
  expect(() => parseEnv({ [name]: value })).toThrow(new RegExp(`^${name} must be [^\\n]+\\.$`));
});

test("accepts addresses and networks of both families as trusted proxies", () => {
  const { trustedProxies } = parseEnv({ VITRINE_TRUSTED_PROXIES: "10.0.0.0/8, 192.0.2.7,2001:db8::/32,::1" });
  expect(trustedProxies).toEqual(["10.0.0.0/8", "192.0.2.7", "2001:db8::/32", "::1"]);
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

test("requires API keys or VITRINE_AUTH=none to listen beyond loopback", () => {
  expect(() => parseEnv({ VITRINE_HOST: "0.0.0.0" })).toThrow(/VITRINE_API_KEYS.*VITRINE_AUTH=none/);
  expect(parseEnv({ VITRINE_HOST: "0.0.0.0", VITRINE_AUTH: "none" }).auth).toBe("none");
  expect(parseEnv({ VITRINE_HOST: "0.0.0.0", VITRINE_API_KEYS: "me:admin:12345678" }).auth).toBe("keys");
});

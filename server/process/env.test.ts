import { expect, test } from "vitest";
import { parse } from "./env";

test("an empty environment is loopback, port 4400, the embedded database", () => {
  expect(parse({})).toMatchObject({
    port: 4400,
    host: "127.0.0.1",
    databaseUrl: undefined,
    prepare: true,
    migrate: "on",
    maxData: 67_108_864,
    trashDays: 30,
    allowedHosts: [],
    apiKeys: [],
    auth: "loopback",
    dataDir: `${process.cwd()}/.vitrine`,
  });
});

test("an empty value counts as absent", () => {
  expect(parse({ PORT: "", VITRINE_AUTH: " ", DATABASE_URL: "", VITRINE_HOST: "" })).toEqual(parse({}));
});

test.each([
  ["PORT", "http"],
  ["PORT", "70000"],
  ["DATABASE_URL", "mysql://db"],
  ["VITRINE_PREPARE", "false"],
  ["VITRINE_MIGRATE", "no"],
  ["VITRINE_MAX_DATA", "64MiB"],
  ["VITRINE_TRASH_DAYS", "-1"],
  ["VITRINE_API_KEYS", "ci:owner:long-enough"],
  ["VITRINE_API_KEYS", "ci:read:short"],
  ["VITRINE_API_KEYS", "ci:read:long-enough,ci:write:long-enough"],
  ["VITRINE_AUTH", "off"],
])("%s=%s is refused in one sentence that names the variable", (name, value) => {
  expect(() => parse({ [name]: value })).toThrow(new RegExp(`^${name} must be [^\\n]+\\.$`));
});

test("a refused key is never repeated", () => {
  expect(() => parse({ VITRINE_API_KEYS: "ci:owner:top-secret" })).not.toThrow(/top-secret/);
});

test("keys have a name, a role and a secret that may hold colons", () => {
  const { apiKeys, auth } = parse({ VITRINE_API_KEYS: "ci:write:a:b:c-long, me:admin:12345678" });
  expect(apiKeys).toEqual([
    { name: "ci", role: "write", secret: "a:b:c-long" },
    { name: "me", role: "admin", secret: "12345678" },
  ]);
  expect(auth).toBe("keys");
});

test("a bind that others reach is refused without keys and without an explicit none", () => {
  expect(() => parse({ VITRINE_HOST: "0.0.0.0" })).toThrow(/VITRINE_API_KEYS.*VITRINE_AUTH=none/);
  expect(parse({ VITRINE_HOST: "0.0.0.0", VITRINE_AUTH: "none" }).auth).toBe("none");
  expect(parse({ VITRINE_HOST: "0.0.0.0", VITRINE_API_KEYS: "me:admin:12345678" }).auth).toBe("keys");
});

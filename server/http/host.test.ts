import { hostname } from "node:os";
import { describe, expect, it } from "vitest";
import { createHostCheck } from "./host";

const apiKeys = [{ name: "ci", role: "write" as const, secret: "correct-horse" }];
const check = (env: Partial<Parameters<typeof createHostCheck>[0]> = {}) =>
  createHostCheck({ host: "127.0.0.1", allowedHosts: [], apiKeys: [], ...env });

describe("a Host header", () => {
  it.each(["localhost", "LOCALHOST:1", "a_b-c.d:65535", "10.0.0.7", "[::1]", "[fe80::127.0.0.1]:80"])(
    "may be %s",
    (header) => {
      expect(check().isHost(header)).toBe(true);
    },
  );

  it.each([
    "",
    "a b",
    "a:",
    "a:123456",
    "a:x",
    ":80",
    "x@a",
    "a/b",
    "[]",
    "[::1",
    "::1]",
    "[g]",
    "[::1]x",
    "x[::1]",
    "a:80x",
    "a\n",
  ])("may not be %j", (header) => {
    expect(check().isHost(header)).toBe(false);
  });
});

describe("a server for this machine", () => {
  const { isAllowed } = check({ apiKeys });

  it.each(["localhost", "Localhost:4400", "127.0.0.1", "127.1.2.255:80", "[::1]", "[::1]:4400"])(
    "is reached as %s",
    (header) => {
      expect(isAllowed(header)).toBe(true);
    },
  );

  it.each([
    "localhost.evil",
    "xlocalhost",
    "127.0.0.1.evil",
    "x127.0.0.1",
    "127.0.0",
    "127.0.0.0.1",
    "127.0.0.1234",
    "128.0.0.1",
    "[::2]",
    "10.0.0.7",
    hostname(),
    "",
  ])("is not reached as %j", (header) => {
    expect(isAllowed(header)).toBe(false);
  });

  it("is any loopback address or name", () => {
    for (const host of ["127.0.0.1", "127.9.9.9", "::1", "localhost"]) {
      expect(check({ host, apiKeys }).isAllowed("vitrine.example")).toBe(false);
    }
  });
});

describe("a server for other machines", () => {
  it("is reached by address and by its own name", () => {
    const { isAllowed } = check({ host: "0.0.0.0" });
    for (const header of ["10.0.0.7:4400", "[2001:db8::7]", hostname().toUpperCase(), "localhost"]) {
      expect(isAllowed(header)).toBe(true);
    }
    for (const header of ["vitrine.example", `${hostname()}.evil`, ""]) expect(isAllowed(header)).toBe(false);
  });

  it("is reached by any name where it requires API keys, unless names are configured", () => {
    expect(check({ host: "0.0.0.0", apiKeys }).isAllowed("vitrine.example")).toBe(true);
    expect(check({ host: "0.0.0.0", apiKeys, allowedHosts: ["a.example"] }).isAllowed("vitrine.example")).toBe(false);
  });
});

describe("configured names", () => {
  it("are accepted in any case, with the port that they name or any", () => {
    const { isAllowed } = check({ allowedHosts: ["Vitrine.Example", "b.example:8080"] });
    for (const header of ["vitrine.example", "VITRINE.example:1", "b.example:8080"])
      expect(isAllowed(header)).toBe(true);
    for (const header of ["b.example", "b.example:80", "c.example"]) expect(isAllowed(header)).toBe(false);
  });
});

describe("an origin", () => {
  const { isSameOrigin } = check({ allowedHosts: ["front.example"] });

  it.each([
    ["http://localhost:4400", "localhost:4400"],
    ["http://localhost", "localhost:80"],
    ["http://localhost:80", "localhost"],
    ["https://localhost", "localhost:443"],
    ["https://localhost:443", "LOCALHOST"],
    ["https://front.example", "localhost:4400"],
  ])("%s is that of host %s", (origin, host) => {
    expect(isSameOrigin(origin, host)).toBe(true);
  });

  it.each([
    ["http://localhost:4401", "localhost:4400"],
    ["http://localhost", "localhost:443"],
    ["https://localhost", "localhost:80"],
    ["http://localhost", "localhost:800"],
    ["http://evil.example", "localhost"],
    ["localhost", "localhost"],
    ["null", ""],
    ["", ""],
    ["data:x", ""],
  ])("%j is not that of host %j", (origin, host) => {
    expect(isSameOrigin(origin, host)).toBe(false);
  });
});

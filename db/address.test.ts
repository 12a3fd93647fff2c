import { describe, expect, test } from "vitest";
import { driverAddress, nameOf, namesConnections } from "./address";

describe("driverAddress", () => {
  test.each([
    ["postgres://me:secret@db.example:5433/v", "postgres://me:secret@db.example:5433/v"],
    ["postgres:///v?host=db.example", "postgres:///v?host=db.example"],
    ["not a URL", "not a URL"],
    ["postgres:///v?host=/run/pg&user=me", { host: "/run/pg", port: 5432, user: "me", database: "v", password: "" }],
    [
      "postgres:///v?host=/run/pg&user=me&port=6000&password=s%20p",
      { host: "/run/pg", port: 6000, user: "me", database: "v", password: "s p" },
    ],
    [
      "postgres://m%40e:p%2Fw@localhost:6000/v?host=/run/pg",
      { host: "/run/pg", port: 6000, user: "m@e", database: "v", password: "p/w" },
    ],
  ])("of %s", (address, expected) => {
    expect(driverAddress(address)).toEqual(expected);
  });

  test("leaves an object as it is", () => {
    const address = { host: "/run/pg", port: 5432, user: "me", database: "v" };
    expect(driverAddress(address)).toBe(address);
  });

  test.each([
    ["one,two/v", "one,two/v?target_session_attrs=primary"],
    ["one:5432,two:5433/v?sslmode=require", "one:5432,two:5433/v?sslmode=require&target_session_attrs=primary"],
    ["one,two/v?target_session_attrs=any", "one,two/v?target_session_attrs=primary"],
    [
      "one,two/v?target_session_attrs=read-write&sslmode=require",
      "one,two/v?sslmode=require&target_session_attrs=primary",
    ],
    ["one/v?target_session_attrs=read-write", "one/v?target_session_attrs=primary"],
    ["one/v?sslmode=require&target_session_attrs=any", "one/v?sslmode=require"],
    [
      "one:1,two:2/v?application_name=other&sslmode=require",
      "one:1,two:2/v?sslmode=require&target_session_attrs=primary",
    ],
  ])("looks for the primary: %s", (url, expected) => {
    expect(driverAddress(`postgres://me:s,e@${url}`)).toBe(`postgres://me:s,e@${expected}`);
  });

  test.each(["?application_name=other", "?sslmode=require&application_name=other"])(
    "leaves out the name in %s",
    (query) => {
      const address = `postgres://me@one/v${query}`;
      expect(driverAddress(address)).toBe(address.replace(/.application_name=other/, ""));
      expect([namesConnections(address), namesConnections(String(driverAddress(address)))]).toEqual([true, false]);
    },
  );

  test.each(["standby", "prefer-standby", "read-only", "primry"])("rejects target_session_attrs=%s", (target) => {
    expect(() => driverAddress(`postgres://me:hidden@one,two/v?target_session_attrs=${target}`)).toThrow(
      `target_session_attrs=${target} in a database URL cannot be used: Vitrine writes, so set it to primary.`,
    );
  });
});

test.each([
  [{ host: "/run/pg", port: 5432, user: "me", database: "v", password: "hidden" }, "/run/pg:5432"],
  ["postgres://me:hidden@db.example:5433/v", "db.example:5433/v"],
  ["postgres://me:hidden@one:5432,two:5433/v?target_session_attrs=primary", "one:5432,two:5433/v"],
  ["postgres:///v?host=/run/pg&user=me", "/run/pg/v"],
  ["postgres:///v", "this machine/v"],
  ["postgres://me:hid/den@one,two/v", "DATABASE_URL"],
  ["not a URL: hidden", "DATABASE_URL"],
])("the name of %j has no password", (address, name) => {
  expect(nameOf(address)).toBe(name);
});

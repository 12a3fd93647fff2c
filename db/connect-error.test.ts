import { describe, expect, test } from "vitest";
import { connectError } from "./connect-error";
import { codeOf, MigrationError, StartupError } from "./startup-error";

const coded = (code: string, message = "secret detail") => Object.assign(new Error(message), { code });
const URL_WITH_PASSWORD = "postgres://me:hidden@db.example:5433/vitrine";

describe("connectError", () => {
  test.each([
    ["28P01", "rejects the password: correct DATABASE_URL."],
    ["3D000", "has no such database: create it, or correct DATABASE_URL."],
    ["42501", 'or run "vitrine migrate" as a user who may create tables.'],
    ["58P01", "lacks the extension pg_trgm: install PostgreSQL's contrib package."],
    ["25006", "or all hosts (postgres://user@one,two/name)."],
    ["42P07", "use an empty database, or restore a backup."],
    ["ECONNREFUSED", "cannot be used (ECONNREFUSED): start it, or correct DATABASE_URL."],
  ])("explains %s without the password", (code, sentence) => {
    const { message } = connectError(coded(code), URL_WITH_PASSWORD);
    expect(message).toMatch(/^The PostgreSQL at db\.example:5433\/vitrine /);
    expect(message.endsWith(sentence)).toBe(true);
    expect(message).not.toMatch(/hidden|secret/);
  });

  test("finds the code of a cause, and falls back on the innermost message", () => {
    const wrapped = new Error("outer", { cause: new Error("middle", { cause: coded("3D000") }) });
    expect(connectError(wrapped, URL_WITH_PASSWORD).message).toContain("no such database");
    const plain = new Error("outer", { cause: new Error("the innermost") });
    expect(connectError(plain, URL_WITH_PASSWORD).message).toContain("cannot be used (the innermost)");
    expect(connectError("text", URL_WITH_PASSWORD).message).toContain("cannot be used (text)");
  });

  test("says which migration failed, and why, unless the reason is known or the connection was lost", () => {
    const failed = (cause: Error) => connectError(new MigrationError("0021_renames", cause), URL_WITH_PASSWORD).message;
    const missing = coded("42703", 'column "key" does not exist');
    expect(failed(new Error("Failed query: …", { cause: missing }))).toMatch(
      /^The migration 0021_renames failed on the PostgreSQL at db\.example:5433\/vitrine: column "key" does not exist \(42703\)\. No table was changed: /,
    );
    expect(failed(coded("42P07"))).toContain("already has what a pending migration creates");
    expect(failed(coded("57P01"))).toContain("cannot be used (57P01): start it");
    expect(failed(coded("CONNECTION_CLOSED"))).toContain("cannot be used (CONNECTION_CLOSED)");
  });

  test("says that no primary was found among several hosts", () => {
    for (const [url, code] of [
      ["postgres://me:hidden@one,two/v", "CONNECTION_CLOSED"],
      ["postgres://me:hidden@one,two/v?target_session_attrs=read-write", "ECONNREFUSED"],
    ] as const) {
      expect(connectError(coded(code), url).message).toBe(
        "The PostgreSQL at one,two/v has no primary that can be reached: its hosts are standbys, or do not run.",
      );
    }
  });

  test("returns a StartupError in the chain as it is", () => {
    const known = new StartupError("Use another.");
    expect(connectError(new Error("outer", { cause: known }), "")).toBe(known);
  });
});

test("codeOf is empty for anything without a code", () => {
  expect([codeOf(coded("ENOENT")), codeOf(new Error("x")), codeOf("ENOENT"), codeOf(null)]).toEqual([
    "ENOENT",
    "",
    "",
    "",
  ]);
});

import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { VitrineError } from "#contract/error";
import { connect, type Database } from "#db/postgres";
import { type FreshDatabase, freshDatabase } from "#test/database";
import { toLogLine } from "../process/log";
import { toVitrineError } from "./error";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh[Symbol.asyncDispose]());

/** How tRPC wraps anything that a procedure throws. */
const wrapped = (cause: unknown) => new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause });

async function errorOf(statement: string, db: Database = fresh.db): Promise<Error> {
  try {
    await db.transaction(async (tx) => tx.execute(statement));
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error(`${statement} did not fail`);
}

describe("toVitrineError", () => {
  it.each([
    ["a cancelled statement", "select pg_cancel_backend(pg_backend_pid())", "TIMEOUT", "narrow the filter"],
    ["a terminated connection", "select pg_terminate_backend(pg_backend_pid())", "SERVICE_UNAVAILABLE", "try again"],
    ["NUL in jsonb", `select '"\\u0000"'::jsonb`, "BAD_REQUEST", "rejected a value"],
    ["NUL in text", "select convert_from('\\x00'::bytea, 'UTF8')", "BAD_REQUEST", "rejected a value"],
    ["a number out of range", "select 99999999999::int", "BAD_REQUEST", "rejected a value"],
    ["an invalid uuid", "select 'nope'::uuid", "BAD_REQUEST", "rejected a value"],
    [
      "a deadlock",
      "do $$ begin raise exception 'x' using errcode = '40P01'; end $$",
      "SERVICE_UNAVAILABLE",
      "try again",
    ],
    [
      "too many connections",
      "do $$ begin raise exception 'x' using errcode = '53300'; end $$",
      "SERVICE_UNAVAILABLE",
      "again",
    ],
    ["invalid SQL", "select secret_column from nowhere", "INTERNAL_SERVER_ERROR", "went wrong on the server"],
  ])("maps %s, and hides the message of the database", async (_, statement, code, message) => {
    const error = toVitrineError(wrapped(await errorOf(statement)));
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(error.message).not.toMatch(/select|secret|nowhere|postgres|sql/i);
  });

  it.each([
    ["no server on the port", "postgres://vitrine@127.0.0.1:1/x"],
    ["no socket", { host: "/nonexistent", port: 5432, user: "vitrine", database: "x" }],
    ["an unknown host", "postgres://vitrine@nowhere.invalid/x"],
  ])("maps %s to SERVICE_UNAVAILABLE", async (_, address) => {
    const { db, close } = connect(address);
    expect(toVitrineError(wrapped(await errorOf("select 1", db))).code).toBe("SERVICE_UNAVAILABLE");
    await close();
  });

  it("finds a VitrineError at any depth", () => {
    const known = new VitrineError("CONFLICT", "Changed meanwhile.", { current: 1 });
    expect(toVitrineError(known)).toBe(known);
    expect(toVitrineError(wrapped(known))).toBe(known);
    expect(toVitrineError(wrapped(new Error("outer", { cause: known })))).toBe(known);
  });

  it("keeps code and message of tRPC's own errors, and maps codes outside the closed set to internal", () => {
    expect(toVitrineError(new TRPCError({ code: "NOT_FOUND", message: "No." }))).toMatchObject({
      code: "NOT_FOUND",
      message: "No.",
    });
    expect(toVitrineError(new TRPCError({ code: "PARSE_ERROR", message: "No." })).code).toBe("BAD_REQUEST");
    expect(toVitrineError(new TRPCError({ code: "BAD_GATEWAY", message: "secret" })).message).not.toContain("secret");
  });
});

describe("an invalid input", () => {
  const errorFor = (schema: z.ZodType, input: unknown) =>
    toVitrineError(new TRPCError({ code: "BAD_REQUEST", cause: schema.safeParse(input).error }));

  it("names the first invalid field and its rule", () => {
    const schema = z.strictObject({ where: z.strictObject({ ids: z.array(z.guid()) }), limit: z.int().max(200) });
    expect(errorFor(schema, { where: { ids: ["nope"] }, limit: 201 })).toMatchObject({
      code: "BAD_REQUEST",
      message: 'Invalid field "where.ids[0]": Invalid GUID.',
      details: { field: "where.ids[0]" },
    });
    expect(errorFor(schema, { where: { ids: [] }, limit: 1, sort: 1 }).details.field).toBe("sort");
    expect(errorFor(schema, { where: { ids: [] }, limit: 1, sort: 1 }).message).toBe(
      'Invalid field "sort": unknown field.',
    );
    expect(errorFor(schema, []).message).toMatch(/^Invalid input: .*object.*\.$/);
  });

  it("shortens a path of very long names", () => {
    const schema = z.record(z.string(), z.int());
    expect(errorFor(schema, { ["x".repeat(300)]: "a" }).details.field).toBe(`${"x".repeat(200)}…`);
  });

  it("of a union names the field of the closest option", () => {
    const schema = z.union([
      z.strictObject({ id: z.guid() }),
      z.strictObject({ key: z.string(), version: z.int().min(1) }),
    ]);
    expect(errorFor(schema, { key: "a", version: 0 }).details.field).toBe("version");
    expect(errorFor(schema, { id: "nope" }).details.field).toBe("id");
  });

  it("is not what a schema inside a procedure rejects: that is an internal error", () => {
    expect(toVitrineError(wrapped(z.string().safeParse(1).error)).code).toBe("INTERNAL_SERVER_ERROR");
  });
});

describe("a log line", () => {
  it("is one line without statement, values, password or control characters", async () => {
    const line = toLogLine(wrapped(await errorOf("select 'hush-hush' as s from nowhere_at_all")));
    expect(JSON.parse(line)).toMatchObject({ level: "error", code: "42P01" });
    expect(line).not.toContain("hush-hush");
    const forged = toLogLine(new Error('a\r\n{"level":"info"}\u2028\u0085 postgres://vitrine:hush@host/x'));
    expect(forged).not.toMatch(/[\p{Cc}\u2028]|hush/u);
  });
});

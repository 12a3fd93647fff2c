import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { VitrineError } from "#contract/error";
import { connect, type Database } from "#db/postgres";
import { type FreshDatabase, freshDatabase } from "#test/database";
import { toLogLine } from "../process/log";
import { trpcToVitrineError } from "./error";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh[Symbol.asyncDispose]());

/** What tRPC makes of anything that a procedure throws. */
const thrown = (cause: unknown) => new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause });

async function failureOf(statement: string, db: Database = fresh.db): Promise<Error> {
  try {
    await db.transaction(async (tx) => tx.execute(statement));
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error(`${statement} did not fail`);
}

describe("what the caller is told", () => {
  test.each([
    ["a statement cut short", "select pg_cancel_backend(pg_backend_pid())", "TIMEOUT", "narrow the filter"],
    ["a connection taken away", "select pg_terminate_backend(pg_backend_pid())", "SERVICE_UNAVAILABLE", "try again"],
    ["NUL in jsonb", `select '"\\u0000"'::jsonb`, "BAD_REQUEST", "cannot keep"],
    ["NUL in text", "select convert_from('\\x00'::bytea, 'UTF8')", "BAD_REQUEST", "cannot keep"],
    ["a number out of range", "select 99999999999::int", "BAD_REQUEST", "cannot keep"],
    ["no uuid", "select 'nope'::uuid", "BAD_REQUEST", "cannot keep"],
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
    ["a mistake of ours", "select secret_column from nowhere", "INTERNAL_SERVER_ERROR", "went wrong on our side"],
  ])("%s", async (_, statement, code, words) => {
    const told = trpcToVitrineError(thrown(await failureOf(statement)));
    expect(told).toMatchObject({ code, message: expect.stringContaining(words) });
    expect(told.message).not.toMatch(/select|secret|nowhere|postgres|sql/i);
  });

  test.each([
    ["no server on the port", "postgres://vitrine@127.0.0.1:1/x"],
    ["no socket", { host: "/nonexistent", port: 5432, user: "vitrine", database: "x" }],
    ["no such name", "postgres://vitrine@nowhere.invalid/x"],
  ])("%s is a store that cannot answer", async (_, address) => {
    const { db, close } = connect(address);
    expect(trpcToVitrineError(thrown(await failureOf("select 1", db))).code).toBe("SERVICE_UNAVAILABLE");
    await close();
  });

  test("an error of the store is itself, however deep", () => {
    const known = new VitrineError("CONFLICT", "Changed meanwhile.", { current: 1 });
    expect(trpcToVitrineError(thrown(known))).toBe(known);
    expect(trpcToVitrineError(thrown(new Error("outer", { cause: known })))).toBe(known);
  });

  test("tRPC's own refusals keep code and sentence; codes that are not ours become internal", () => {
    expect(trpcToVitrineError(new TRPCError({ code: "NOT_FOUND", message: "No." }))).toMatchObject({
      code: "NOT_FOUND",
      message: "No.",
    });
    expect(trpcToVitrineError(new TRPCError({ code: "PARSE_ERROR", message: "No." })).code).toBe("BAD_REQUEST");
    expect(trpcToVitrineError(new TRPCError({ code: "BAD_GATEWAY", message: "secret" })).message).not.toContain(
      "secret",
    );
  });
});

describe("a refused input", () => {
  const refusal = (schema: z.ZodType, input: unknown) =>
    trpcToVitrineError(new TRPCError({ code: "BAD_REQUEST", cause: schema.safeParse(input).error }));

  test("names the first field and its rule", () => {
    const schema = z.strictObject({ where: z.strictObject({ ids: z.array(z.guid()) }), limit: z.int().max(200) });
    expect(refusal(schema, { where: { ids: ["nope"] }, limit: 201 })).toMatchObject({
      code: "BAD_REQUEST",
      message: 'The field "where.ids[0]" was refused: Invalid GUID.',
      details: { field: "where.ids[0]" },
    });
    expect(refusal(schema, { where: { ids: [] }, limit: 1, sort: 1 }).details.field).toBe("sort");
    expect(refusal(schema, []).message).toMatch(/^The input was refused: .*object.*\.$/);
  });

  test("of a union, speaks of the form that came nearest", () => {
    const schema = z.union([
      z.strictObject({ id: z.guid() }),
      z.strictObject({ key: z.string(), version: z.int().min(1) }),
    ]);
    expect(refusal(schema, { key: "a", version: 0 }).details.field).toBe("version");
    expect(refusal(schema, { id: "nope" }).details.field).toBe("id");
  });

  test("a schema that fails inside a procedure is our mistake, not the caller's", () => {
    expect(trpcToVitrineError(thrown(z.string().safeParse(1).error)).code).toBe("INTERNAL_SERVER_ERROR");
  });
});

describe("the log", () => {
  test("is one line without statement, values, password or control characters", async () => {
    const line = toLogLine(thrown(await failureOf("select 'hush-hush' as s from nowhere_at_all")));
    expect(JSON.parse(line)).toMatchObject({ level: "error", code: "42P01" });
    expect(line).not.toContain("hush-hush");
    const forged = toLogLine(new Error('a\r\n{"level":"info"}\u2028\u0085 postgres://vitrine:hush@host/x'));
    expect(forged).not.toMatch(/[\p{Cc}\u2028]|hush/u);
  });
});

import { TRPCError } from "@trpc/server";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { VitrineError } from "#contract/error";
import { connect, type Database } from "#db/postgres";
import { databaseOfFile } from "#test/database";
import { toLogLine } from "../process/log";
import { inputError, toVitrineError } from "./error";

const fresh = await databaseOfFile();

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

/** An error as the database's driver or the network gives it. */
const coded = (code: string) => Object.assign(new Error("secret"), { code });

describe("an error's code", () => {
  const unavailable = { code: "SERVICE_UNAVAILABLE", message: "The database is not available; try again in a second." };
  const rejected = { code: "BAD_REQUEST", message: "The database rejected a value; check its text, range and size." };

  it.each([
    ..."ECONNREFUSED ECONNRESET EPIPE ENOENT ETIMEDOUT EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN".split(" "),
    ..."CONNECTION_CLOSED CONNECTION_ENDED CONNECTION_DESTROYED CONNECT_TIMEOUT".split(" "),
    // Serialization failure, deadlock, lock not available, idle transaction, changed prepared statement.
    ..."40001 40P01 55P03 25P03 0A000".split(" "),
    // Connections, resources, and the operator.
    ..."08000 08006 08P01 53300 53400 57P01 57P02 57P03 57P05".split(" "),
  ])("%s means that the request can be sent again", (code) => {
    expect(toVitrineError(coded(code))).toMatchObject(unavailable);
  });

  it.each(["22001", "22P02", "22003", "54000", "54011"])("%s means that a value was rejected", (code) => {
    expect(toVitrineError(coded(code))).toMatchObject(rejected);
  });

  it.each(["", "08", "57000", "080061", "x08006", "122001", "220011", "2200", "42P01", "constructor"])(
    "%j is unexpected",
    (code) => {
      expect(toVitrineError(coded(code))).toMatchObject({
        code: "INTERNAL_SERVER_ERROR",
        message: "Something went wrong on the server; try again, and see the server's log if it persists.",
      });
    },
  );

  it("tells a reference to a deleted row from other contradictions", () => {
    expect(toVitrineError(coded("23503"))).toMatchObject({
      code: "NOT_FOUND",
      message: "A row that this one refers to was deleted.",
    });
    for (const code of ["23505", "23502", "23514"]) {
      const contradiction = { code: "CONFLICT", message: "A row contradicts others, or lacks a value." };
      expect(toVitrineError(coded(code))).toMatchObject(contradiction);
    }
  });

  it("is found up to eight causes deep", () => {
    const wrapTimes = (times: number): Error =>
      times === 0 ? coded("08006") : new Error("outer", { cause: wrapTimes(times - 1) });
    expect(toVitrineError(wrapTimes(6))).toMatchObject(unavailable);
    expect(toVitrineError(wrapTimes(7)).code).toBe("INTERNAL_SERVER_ERROR");
  });

  it("of a statement that PostgreSQL ended says what to do, by the kind of work", () => {
    const ended = (pool: "writes" | "reads" | "searches" | "long") => {
      const { code, message } = toVitrineError(coded("57014"), { pool, type: "query" });
      return `${code} ${message}`;
    };
    expect(ended("searches")).toBe("TIMEOUT The query took too long; narrow the filter.");
    expect(ended("long")).toBe("TIMEOUT The work took longer than its limit; do less of it at once.");
    expect(ended("reads")).toBe("SERVICE_UNAVAILABLE The database did not respond in time; try again in a second.");
    expect(ended("writes")).toMatch(
      /^SERVICE_UNAVAILABLE The write took longer than 3 s and was not made, .*second\.$/,
    );
  });

  it("of a silent database says whether a change may have been made", () => {
    const silent = (type: "query" | "mutation") => toVitrineError(coded("CONNECTION_SILENT"), { type });
    expect(silent("query")).toMatchObject({
      code: "SERVICE_UNAVAILABLE",
      message: "The database did not respond in time; try again in a second.",
    });
    expect(silent("mutation")).toMatchObject({
      code: "SERVICE_UNAVAILABLE",
      message:
        "The database did not respond in time; the change may have been made, so check before you send it again, or use an idempotency key.",
    });
    expect(toVitrineError(coded("CONNECTION_SILENT")).message).toBe(silent("query").message);
  });
});

describe("an invalid input", () => {
  const errorFor = (schema: z.ZodType, input: unknown) =>
    toVitrineError(new TRPCError({ code: "BAD_REQUEST", cause: schema.safeParse(input).error }));

  it("names the first invalid field and its rule", () => {
    const schema = z.strictObject({ where: z.strictObject({ ids: z.array(z.guid()) }), limit: z.int().max(200) });
    expect(errorFor(schema, { where: { ids: ["nope"] }, limit: 201 })).toMatchObject({
      code: "BAD_REQUEST",
      message: 'The field "where.ids[0]" must be a UUID.',
      details: { field: "where.ids[0]" },
    });
    expect(errorFor(schema, { where: { ids: [] }, limit: 1, sort: 1 }).details.field).toBe("sort");
    expect(errorFor(schema, { where: { ids: [] }, limit: 1, sort: 1 }).message).toBe(
      'The field "sort" is unknown; the fields are where, limit.',
    );
    expect(errorFor(schema, []).message).toBe("The input must be an object, not a list.");
  });

  it("shortens a path of very long names", () => {
    const schema = z.record(z.string(), z.int());
    expect(errorFor(schema, { ["x".repeat(200)]: "a" }).details.field).toBe("x".repeat(200));
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

  it("ends in one full stop, and begins a path with its first name or index", () => {
    const rule = z.string().refine(() => false, { error: "must not be. . " });
    expect(errorFor(rule, "x")).toMatchObject({ message: "The input must not be.", details: {} });
    expect(errorFor(z.array(z.array(rule)), [[], ["x"]]).details.field).toBe("[1][0]");
    expect(errorFor(z.object({ a: z.array(z.object({ b: rule })) }), { a: [{ b: "x" }] }).details.field).toBe("a[0].b");
    expect(inputError([]).message).toBe("The input has a value that is not allowed.");
  });

  it("of a union that no option comes near names the option's own field", () => {
    const schema = z.object({ of: z.union([z.string(), z.strictObject({ n: z.int(), m: z.int() })]) });
    expect(errorFor(schema, { of: { n: "x", m: 1 } }).details.field).toMatch(/^of/);
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

import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { toLogLine, writeLine } from "./log";

const parsed = (error: unknown) => JSON.parse(toLogLine(error));

test("logs the innermost cause with its code and at most five frames", () => {
  const cause = Object.assign(new TypeError("the cause"), { code: "ECONNRESET" });
  const line = parsed(new Error("outer, with a statement", { cause: new Error("middle", { cause }) }));
  expect(line).toMatchObject({ level: "error", name: "TypeError", code: "ECONNRESET", message: "the cause" });
  expect(line.at.length).toBeLessThanOrEqual(5);
  expect(line.at[0]).toMatch(/^at .*log\.test\.ts/);
});

test("is one line without control characters, whatever the message", () => {
  const line = toLogLine(new Error('a\r\n{"level":"info"}\u2028\u0085\u0000b'));
  expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
  expect(JSON.parse(line).message).toBe('a {"level":"info"} b');
});

test("leaves out credentials in URLs, and the end of long messages", () => {
  expect(parsed(new Error("connect postgres://me:hidden@host/v")).message).toBe("connect postgres://…@host/v");
  expect(parsed(new Error("x".repeat(10_000))).message).toHaveLength(500);
});

test("logs values that are not errors by their type", () => {
  expect(parsed("text")).toMatchObject({ name: "string", message: "text" });
  expect(parsed(undefined)).toMatchObject({ name: "undefined", message: "undefined" });
});

test("drops lines above 4 MiB that nobody reads, and writes again once they are read", () => {
  let read = () => {};
  const stream = new Writable({
    write(_chunk, _encoding, done) {
      read = done;
    },
  });
  const line = "x".repeat(1024 * 1024);
  for (let count = 0; count < 10; count++) writeLine(stream, line);
  expect(stream.writableLength).toBe(4 * (line.length + 1));
  read();
  writeLine(stream, line);
  expect(stream.writableLength).toBe(4 * (line.length + 1));
});

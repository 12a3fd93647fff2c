import { expect, test } from "vitest";
import { ERROR_CODES, VitrineError } from "#contract/error";
import { CliError, EXIT, failedError, notFoundError, toCliError, usageError } from "./error";

test("every error code has an exit code", () => {
  const exits = Object.fromEntries(
    ERROR_CODES.map((code) => [code, toCliError(new VitrineError(code, "message")).exit]),
  );
  expect(exits).toEqual({
    BAD_REQUEST: 1,
    UNAUTHORIZED: 5,
    FORBIDDEN: 5,
    NOT_FOUND: 3,
    METHOD_NOT_SUPPORTED: 1,
    TIMEOUT: 4,
    CONFLICT: 1,
    PAYLOAD_TOO_LARGE: 1,
    UNSUPPORTED_MEDIA_TYPE: 1,
    TOO_MANY_REQUESTS: 4,
    SERVICE_UNAVAILABLE: 4,
    INTERNAL_SERVER_ERROR: 4,
  });
});

test("toCliError keeps the message, code and details of a VitrineError", () => {
  const details = { key: "a", version: 3 };
  expect(toCliError(new VitrineError("NOT_FOUND", "No.", details))).toMatchObject({
    code: "NOT_FOUND",
    message: "No.",
    details,
  });
});

test("toCliError returns a CliError, and maps other errors to exit code 1", () => {
  const error = usageError("Wrong.");
  expect(toCliError(error)).toBe(error);
  expect(toCliError(new TypeError("broken"))).toMatchObject({ exit: 1, code: "FAILED", message: "broken" });
  expect(toCliError("text")).toMatchObject({ exit: 1, message: "text" });
  expect(toCliError(null)).toBeInstanceOf(CliError);
});

test("errors of the command itself have the documented exit codes", () => {
  expect([failedError("").exit, usageError("").exit, notFoundError("").exit]).toEqual([1, 2, 3]);
  expect(EXIT).toEqual({ ok: 0, failed: 1, usage: 2, notFound: 3, unreachable: 4, forbidden: 5, interrupted: 130 });
});

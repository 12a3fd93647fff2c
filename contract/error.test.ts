import { expect, it } from "vitest";
import { ERROR_CODES, toErrorCode, VitrineError } from "./error";

it("lists the codes of tRPC that Vitrine uses", () => {
  expect([...ERROR_CODES].sort()).toEqual([
    "BAD_REQUEST",
    "CONFLICT",
    "FORBIDDEN",
    "INTERNAL_SERVER_ERROR",
    "METHOD_NOT_SUPPORTED",
    "NOT_FOUND",
    "PAYLOAD_TOO_LARGE",
    "SERVICE_UNAVAILABLE",
    "TIMEOUT",
    "TOO_MANY_REQUESTS",
    "UNAUTHORIZED",
    "UNSUPPORTED_MEDIA_TYPE",
  ]);
});

it("toErrorCode takes codes alone", () => {
  expect(toErrorCode("NOT_FOUND")).toBe("NOT_FOUND");
  for (const value of ["not_found", "TEAPOT", "", 404, null, undefined]) expect(toErrorCode(value)).toBeUndefined();
});

it("an error has a code, a message, details and a cause", () => {
  const cause = new Error("why");
  const error = new VitrineError("CONFLICT", "Changed meanwhile.", { key: "a" }, { cause });
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: "VitrineError", code: "CONFLICT", message: "Changed meanwhile.", cause });
  expect(error.details).toEqual({ key: "a" });
  expect(new VitrineError("TIMEOUT", "").details).toEqual({});
});

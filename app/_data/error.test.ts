import { TRPCClientError } from "@trpc/client";
import { expect, it } from "vitest";
import { toApiError } from "./error";

it("keeps the code, the message and the details of an API error", () => {
  const data = { code: "CONFLICT", httpStatus: 409, path: "artifact.update", current: { id: "1" } };
  const error = new TRPCClientError("v2 was changed.", { result: { error: { code: -32009, message: "", data } } });
  expect(toApiError(error)).toMatchObject({ code: "CONFLICT", message: "v2 was changed.", current: { id: "1" } });
});

it.each([
  ["a network error", new TypeError("Failed to fetch")],
  ["a response that is not from the API", new TRPCClientError("Unexpected token < in JSON")],
  ["an error with data of another shape", Object.assign(new Error("x"), { data: { code: 500 } })],
  ["an error without data", Object.assign(new Error("x"), { data: null })],
])("counts %s as unreachable", (_, error) => {
  expect(toApiError(error)).toEqual({
    code: "UNREACHABLE",
    message: "Can't reach the server. Check your connection and try again.",
  });
});

it.each([undefined, null, "text", 42, {}])("accepts %j, which is not an error", (value) => {
  expect(toApiError(value)).toEqual({ code: "INTERNAL_SERVER_ERROR", message: "Something went wrong. Try again." });
});

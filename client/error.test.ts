import { describe, expect, test } from "vitest";
import { VitrineError } from "#contract/error";
import { expectJson, parseError, responseError, toVitrineError } from "./error";

const URL = "http://127.0.0.1:4400";
const json = (body: unknown, status = 400) => Response.json(body, { status });

describe("parseError", () => {
  const fields = { code: "CONFLICT", httpStatus: 409, path: "artifact.update", stack: "at …", field: "ifUpdated" };

  test("reads an error wrapped by tRPC or plain, and keeps only its details", () => {
    for (const body of [{ error: { message: "No.", data: fields } }, { ...fields, message: "No." }]) {
      expect(parseError(body)).toEqual(new VitrineError("CONFLICT", "No.", { field: "ifUpdated" }));
      expect(parseError(body)?.details).toEqual({ field: "ifUpdated" });
    }
  });

  test("maps a code of a newer server to INTERNAL_SERVER_ERROR", () => {
    expect(parseError({ code: "TEAPOT", message: "Short and stout." })).toMatchObject({
      code: "INTERNAL_SERVER_ERROR",
      message: "Short and stout.",
    });
  });

  test.each([null, "error", [], {}, { error: {} }, { detail: "Not Found" }, { code: 1, message: "a" }])(
    "returns null for %j",
    (value) => {
      expect(parseError(value)).toBeNull();
    },
  );
});

describe("responseError", () => {
  test("returns the error of the server", async () => {
    const error = await responseError(json({ code: "FORBIDDEN", message: "No access." }, 403), URL);
    expect(error).toMatchObject({ code: "FORBIDDEN", message: "No access." });
  });

  test.each([
    [401, "UNAUTHORIZED"],
    [403, "FORBIDDEN"],
    [404, "INTERNAL_SERVER_ERROR"],
    [413, "PAYLOAD_TOO_LARGE"],
    [418, "INTERNAL_SERVER_ERROR"],
    [429, "TOO_MANY_REQUESTS"],
    [502, "SERVICE_UNAVAILABLE"],
    [503, "SERVICE_UNAVAILABLE"],
    [504, "SERVICE_UNAVAILABLE"],
  ])("maps status %i of a response from elsewhere to %s", async (status, code) => {
    const message = `The response from ${URL} (status ${status}) is not from Vitrine; check the URL and any proxy in front of it.`;
    expect(await responseError(json({ detail: "?" }, status), URL)).toMatchObject({ code, message });
    await expect(responseError(new Response("<h1>?</h1>", { status }), URL)).rejects.toMatchObject({ code, message });
  });
});

test("expectJson returns a JSON response and rejects others", () => {
  const response = json({});
  expect(expectJson(response, URL)).toBe(response);
  expect(() => expectJson(new Response("hello"), URL)).toThrow("status 200");
});

describe("toVitrineError", () => {
  test("returns a VitrineError, also from the cause of another error", () => {
    const error = new VitrineError("TIMEOUT", "Late.");
    expect(toVitrineError(error, URL)).toBe(error);
    expect(toVitrineError(new Error("wrapped", { cause: error }), URL)).toBe(error);
  });

  test("names the innermost reason when the server is unreachable", () => {
    const socketError = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    const failed = new TypeError("fetch failed", { cause: new AggregateError([], "all", { cause: socketError }) });
    expect(toVitrineError(failed, URL)).toMatchObject({
      code: "SERVICE_UNAVAILABLE",
      message: `Cannot reach Vitrine at ${URL} (ECONNREFUSED); check the URL and that the server is running.`,
    });
    expect(toVitrineError("broken", URL).message).toContain("(broken)");
  });
});

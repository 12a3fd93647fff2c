import { describe, expect, test } from "vitest";
import { type ErrorCode, VitrineError } from "#contract/error";
import { reportErrors, throwErrors } from "./error-policy";

const fail = (code: ErrorCode) => () => Promise.reject(new VitrineError(code, code));
const succeed = () => Promise.resolve("done");

describe("throwErrors", () => {
  test("rejects and throws", async () => {
    await expect(throwErrors.attempt("a", fail("CONFLICT"))).rejects.toThrow("CONFLICT");
    await expect(throwErrors.attemptNow("a", fail("CONFLICT"))).rejects.toThrow("CONFLICT");
    expect(await throwErrors.attempt("a", succeed)).toBe("done");
    const error = new VitrineError("BAD_REQUEST", "No.");
    expect(() => throwErrors.reject("a", error)).toThrow(error);
  });
});

describe("reportErrors", () => {
  function recording() {
    const reports: string[] = [];
    return {
      reports,
      policy: reportErrors(({ code, message }, action) => reports.push(`${action}: ${code} ${message}`)),
    };
  }

  test("reports an error with its action and resolves to null", async () => {
    const { reports, policy } = recording();
    expect(await policy.attempt("publishing a", fail("CONFLICT"))).toBeNull();
    expect(await policy.attempt("publishing b", () => Promise.reject(new TypeError("mine")))).toBeNull();
    policy.reject("updating c", new VitrineError("BAD_REQUEST", "No."));
    policy.report("ending a run", "a string");
    expect(reports).toEqual([
      "publishing a: CONFLICT CONFLICT",
      "publishing b: INTERNAL_SERVER_ERROR mine",
      "updating c: BAD_REQUEST No.",
      "ending a run: INTERNAL_SERVER_ERROR a string",
    ]);
    expect(await policy.attempt("publishing a", succeed)).toBe("done");
  });

  test.each<ErrorCode>(["SERVICE_UNAVAILABLE", "TIMEOUT"])("pauses after %s, except for attemptNow", async (code) => {
    const { reports, policy } = recording();
    await policy.attempt("a", fail(code));
    let attempts = 0;
    const work = async () => ++attempts;
    expect(await policy.attempt("b", work)).toBeNull();
    expect(attempts).toBe(0);
    expect(reports.at(-1)).toMatch(/^b: SERVICE_UNAVAILABLE Not attempted/);
    expect(await policy.attemptNow("c", work)).toBe(1);
  });
});

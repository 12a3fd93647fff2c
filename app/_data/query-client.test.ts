import { TRPCClientError } from "@trpc/client";
import { expect, it } from "vitest";
import { createQueryClient } from "./query-client";

function attemptsAfter(code: string): number {
  const retry = createQueryClient().getDefaultOptions().queries?.retry;
  if (typeof retry !== "function") throw new Error("retry is a function of the error");
  const error = new TRPCClientError("x", { result: { error: { code: -32603, message: "x", data: { code } } } });
  let failed = 0;
  while (retry(failed, error)) failed += 1;
  return failed + 1;
}

it("tries a busy server five times, and after any other error twice", () => {
  expect(attemptsAfter("SERVICE_UNAVAILABLE")).toBe(5);
  expect(attemptsAfter("NOT_FOUND")).toBe(2);
});

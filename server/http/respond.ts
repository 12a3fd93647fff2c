import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import { StoreError } from "#contract/error";
import { storeErrorOf } from "#server/routers/error";
import type { Answer } from "./message";

/** An error on its way out: its HTTP status is the code's own unless HTTP has a closer one. */
export interface Refusal {
  error: StoreError;
  status?: number;
  headers?: Record<string, string>;
}

/** A JSON answer. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(value) };
}

/** Sends a browser elsewhere, by GET. */
export function seeOther(location: string, headers: Record<string, string> = {}): Answer {
  return { status: 303, headers: { location, ...headers }, body: null };
}

/** A refusal as most doors say it: `{ code, message }` with what else is known. */
export function refused({ error, status, headers }: Refusal): Answer {
  const { code, message, details } = error;
  return json(status ?? statusOf(error), { code, message, ...details }, { ...headersOf(error), ...headers });
}

/** A refusal as tRPC's clients read it. */
export function refusedCall({ error, status, headers }: Refusal): Answer {
  const httpStatus = status ?? statusOf(error);
  const data = { code: error.code, httpStatus, ...error.details };
  const shape = { message: error.message, code: TRPC_ERROR_CODES_BY_KEY[error.code], data };
  return json(httpStatus, { error: shape }, { ...headersOf(error), ...headers });
}

/** A refusal as a person reads it in a browser. */
export function refusedPage({ error, status, headers }: Refusal): Answer {
  const type = { "content-type": "text/plain; charset=utf-8" };
  return { status: status ?? statusOf(error), headers: { ...type, ...headers }, body: `${error.message}\n` };
}

/** What belongs to a status besides its sentence. */
export function headersOf({ code }: { code: string }): Record<string, string> {
  if (code === "SERVICE_UNAVAILABLE") return { "retry-after": "1" };
  if (code === "UNAUTHORIZED") return { "www-authenticate": "Bearer" };
  return {};
}

function statusOf(error: StoreError): number {
  return getHTTPStatusCodeFromError(new TRPCError({ code: error.code }));
}

/** What the caller is told of whatever was thrown behind a door. */
export function errorOf(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  if (error instanceof TRPCError) return storeErrorOf(error);
  return storeErrorOf(new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: error }));
}

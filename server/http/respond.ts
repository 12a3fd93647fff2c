import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import { VitrineError } from "#contract/error";
import { trpcToVitrineError } from "#server/routers/error";
import type { HttpResponse } from "./message";

/** An error on its way out: its HTTP status is the code's own unless HTTP has a closer one. */
export interface HttpError {
  error: VitrineError;
  status?: number;
  headers?: Record<string, string>;
}

/** A JSON answer. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(value) };
}

/** Sends a browser elsewhere, by GET. */
export function seeOther(location: string, headers: Record<string, string> = {}): HttpResponse {
  return { status: 303, headers: { location, ...headers }, body: null };
}

/** A refusal as most doors say it: `{ code, message }` with what else is known. */
export function errorResponse({ error, status, headers }: HttpError): HttpResponse {
  const { code, message, details } = error;
  return json(status ?? statusOf(error), { code, message, ...details }, { ...headersOf(error), ...headers });
}

/** A refusal as tRPC's clients read it. */
export function trpcErrorResponse({ error, status, headers }: HttpError): HttpResponse {
  const httpStatus = status ?? statusOf(error);
  const data = { code: error.code, httpStatus, ...error.details };
  const shape = { message: error.message, code: TRPC_ERROR_CODES_BY_KEY[error.code], data };
  return json(httpStatus, { error: shape }, { ...headersOf(error), ...headers });
}

/** A refusal as a person reads it in a browser. */
export function pageErrorResponse({ error, status, headers }: HttpError): HttpResponse {
  const type = { "content-type": "text/plain; charset=utf-8" };
  return { status: status ?? statusOf(error), headers: { ...type, ...headers }, body: `${error.message}\n` };
}

/** What belongs to a status besides its sentence. */
export function headersOf({ code }: { code: string }): Record<string, string> {
  if (code === "SERVICE_UNAVAILABLE") return { "retry-after": "1" };
  if (code === "UNAUTHORIZED") return { "www-authenticate": "Bearer" };
  return {};
}

function statusOf(error: VitrineError): number {
  return getHTTPStatusCodeFromError(new TRPCError({ code: error.code }));
}

/** What the caller is told of whatever was thrown behind a door. */
export function toVitrineError(error: unknown): VitrineError {
  if (error instanceof VitrineError) return error;
  if (error instanceof TRPCError) return trpcToVitrineError(error);
  return trpcToVitrineError(new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: error }));
}

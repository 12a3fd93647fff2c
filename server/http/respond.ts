import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import type { ErrorDetails, VitrineError } from "#contract/error";
import { TRPC_PATH } from "#server/observe/route";
import type { HttpResponse } from "./message";

/** An error and its HTTP status, where another one fits better than that of its code. */
export interface HttpError {
  error: VitrineError;
  status?: number;
  headers?: Record<string, string>;
}

export function json(status: number, value: unknown, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(value) };
}

export function seeOther(location: string, headers: Record<string, string> = {}): HttpResponse {
  return { status: 303, headers: { location, ...headers }, body: null };
}

/** How errors look in the API that a path belongs to, but for those of the Prefect-compatible API itself. */
export function errorResponseFor(path: string): (error: HttpError) => HttpResponse {
  return path.startsWith(TRPC_PATH) ? trpcErrorResponse : errorResponse;
}

export function errorResponse({ error, status, headers }: HttpError): HttpResponse {
  const { code, message, details } = error;
  return json(status ?? statusOf(error), { code, message, ...details }, { ...headersOf(error), ...headers });
}

function trpcErrorResponse({ error, status, headers }: HttpError): HttpResponse {
  const httpStatus = status ?? statusOf(error);
  const data = { code: error.code, httpStatus, ...error.details };
  const shape = { message: error.message, code: TRPC_ERROR_CODES_BY_KEY[error.code], data };
  return json(httpStatus, { error: shape }, { ...headersOf(error), ...headers });
}

export function pageErrorResponse({ error, status, headers }: HttpError): HttpResponse {
  const type = { "content-type": "text/plain; charset=utf-8" };
  return {
    status: status ?? statusOf(error),
    headers: { ...type, ...headersOf(error), ...headers },
    body: `${error.message}\n`,
  };
}

export function headersOf(error: { code: string; details?: ErrorDetails }): Record<string, string> {
  const { code, details } = error;
  if (code === "SERVICE_UNAVAILABLE") return { "retry-after": "1" };
  if (code === "TOO_MANY_REQUESTS") return { "retry-after": String(details?.retryAfter ?? 60) };
  if (code === "UNAUTHORIZED") return { "www-authenticate": "Bearer" };
  return {};
}

function statusOf(error: VitrineError): number {
  return error.details.httpStatus ?? getHTTPStatusCodeFromError(new TRPCError({ code: error.code }));
}

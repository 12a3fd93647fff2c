import { TRPCClientError } from "@trpc/client";
import { z } from "zod";
import { type ErrorCode, type ErrorDetails, toErrorCode, VitrineError } from "#contract/error";

/** The codes of responses that Vitrine itself did not write. */
const CODE_OF_STATUS: Record<number, ErrorCode> = {
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  413: "PAYLOAD_TOO_LARGE",
  429: "TOO_MANY_REQUESTS",
  502: "SERVICE_UNAVAILABLE",
  503: "SERVICE_UNAVAILABLE",
  504: "SERVICE_UNAVAILABLE",
};

const PlainError = z.looseObject({ code: z.string(), message: z.string() });
const TrpcError = z.object({ error: z.object({ message: z.string(), data: z.looseObject({ code: z.string() }) }) });

/** Maps whatever made a call fail to a VitrineError. */
export function toVitrineError(error: unknown, url: string): VitrineError {
  if (error instanceof VitrineError) return error;
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof VitrineError) return cause;
  if (!(error instanceof TRPCClientError)) return unreachable(url, error);
  const data: unknown = error.data;
  if (isRecord(data)) return serverError({ ...data, message: error.message });
  const response: unknown = error.meta?.response;
  if (isRecord(response) && typeof response.status === "number") return foreignResponse(url, response.status);
  return unreachable(url, cause ?? error);
}

/** The error in a response with an error status. @throws VitrineError when the response is not JSON */
export async function responseError(response: Response, url = response.url): Promise<VitrineError> {
  const body: unknown = await expectJson(response, url).json();
  return parseError(body) ?? foreignResponse(url, response.status);
}

/** Parses an error as the server writes it: `{ code, message, … }`, or that wrapped by tRPC; null for anything else. */
export function parseError(value: unknown): VitrineError | null {
  const wrapped = TrpcError.safeParse(value).data?.error;
  const plain = wrapped ? { ...wrapped.data, message: wrapped.message } : PlainError.safeParse(value).data;
  return plain ? serverError(plain) : null;
}

/** Returns a response that is JSON. @throws VitrineError for others: a proxy or another product wrote them */
export function expectJson(response: Response, url = response.url): Response {
  if (response.headers.get("content-type")?.includes("json")) return response;
  throw foreignResponse(url, response.status);
}

function serverError(fields: ErrorDetails & Record<string, unknown> & { message: string }): VitrineError {
  const { code, message, httpStatus: _, path: __, stack: ___, ...details } = fields;
  return new VitrineError(toErrorCode(code) ?? "INTERNAL_SERVER_ERROR", message, details);
}

function foreignResponse(url: string, status: number): VitrineError {
  return new VitrineError(
    CODE_OF_STATUS[status] ?? "INTERNAL_SERVER_ERROR",
    `The response from ${url} (status ${status}) is not from Vitrine; check the URL and any proxy in front of it.`,
  );
}

function unreachable(url: string, cause: unknown): VitrineError {
  return new VitrineError(
    "SERVICE_UNAVAILABLE",
    `Cannot reach Vitrine at ${url} (${reasonOf(cause)}); check the URL and that the server is running${originHint(url)}.`,
    {},
    { cause },
  );
}

/** A browser does not tell its page why it blocked a response from another origin. */
function originHint(url: string): string {
  const own = globalThis.location?.origin;
  if (own === undefined || own === new URL(url, own).origin) return "";
  return `, and that VITRINE_ALLOWED_ORIGINS of the server has ${own}`;
}

/** The innermost reason: `ECONNREFUSED` rather than "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return reasonOf(error.cause);
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

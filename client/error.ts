import { TRPCClientError } from "@trpc/client";
import { ErrorCode, type ErrorDetails, VitrineError } from "#contract/error";

/** What a status means where the answer is not Vitrine's own. */
const CODES: Record<number, ErrorCode> = {
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  413: "PAYLOAD_TOO_LARGE",
  429: "SERVICE_UNAVAILABLE",
  502: "SERVICE_UNAVAILABLE",
  503: "SERVICE_UNAVAILABLE",
  504: "SERVICE_UNAVAILABLE",
};

/** The answer itself, where it is JSON. Else a StoreError: something between here and the store answered, or there is none. */
export function expectJson(response: Response, url = response.url): Response {
  if (response.headers.get("content-type")?.includes("json")) return response;
  throw strange(url, response.status);
}

function strange(url: string, status: number): VitrineError {
  return new VitrineError(
    CODES[status] ?? "INTERNAL_SERVER_ERROR",
    `What answered at ${url} (status ${status}) was not a Vitrine; check the url, and what stands before it.`,
  );
}

/** What a call that failed means, whatever it was that failed: a closed code and a sentence. */
export function failureOf(error: unknown, url: string): VitrineError {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof VitrineError) return cause;
  if (!(error instanceof TRPCClientError)) return unreachable(url, error);
  if (isRecord(error.data)) return toldOf(error.data, error.message);
  const response: unknown = error.meta?.response;
  if (isRecord(response) && typeof response.status === "number") return strange(url, response.status);
  return unreachable(url, cause ?? error);
}

/** What the server said. */
function toldOf(
  { code, httpStatus: _, path: __, stack: ___, ...details }: ErrorDetails & Record<string, unknown>,
  message: string,
) {
  const known = ErrorCode.safeParse(code);
  return new VitrineError(known.success ? known.data : "INTERNAL_SERVER_ERROR", message, details);
}

function unreachable(url: string, cause: unknown): VitrineError {
  return new VitrineError(
    "SERVICE_UNAVAILABLE",
    `No Vitrine answered at ${url} (${reasonOf(cause)}); check that it runs, and the url.`,
    {},
    { cause },
  );
}

/** The innermost reason that a platform gives: `ECONNREFUSED` rather than "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return reasonOf(error.cause);
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

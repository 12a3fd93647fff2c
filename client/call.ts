import type { TRPCRequestOptions } from "@trpc/client";
import { VitrineError } from "#contract/error";
import { backoff } from "./backoff";
import { failureOf } from "./error";
import type { Patience, Target } from "./options";
import type { Scopes } from "./scope";
import type { Transport } from "./transport";
import { unique } from "./unique";

/** No timer runs longer. */
const LONGEST = 2 ** 31 - 1;

/** Options of one call: its own `timeout` and `retries` stand in `context`. */
export interface CallOptions extends Omit<TRPCRequestOptions, "context"> {
  context?: Patience;
}

/** Asks a procedure by its path, as in `artifact.create`. Rejects with a StoreError, or with the reason of `signal`. */
export type Call = (
  type: "query" | "mutation",
  path: string,
  input?: unknown,
  options?: CallOptions,
) => Promise<unknown>;

/**
 * Calls within a bounded time, again where nobody answered and doing it twice does no harm. Every create carries a key
 * of its own, so that one which was done, but whose answer was lost, is not done again.
 */
export function createCall(transport: Transport, target: Target, scopes: Scopes): Call {
  return async (type, path, given, { signal, context = {} } = {}) => {
    const { timeout = target.timeout, retries = target.retries } = context;
    const input = prepared(path, given, scopes);
    const late = new VitrineError("TIMEOUT", `${path} had no answer from ${target.url} within ${timeout} ms.`);
    let failure: VitrineError | undefined;
    const end = new AbortController();
    const timer = setTimeout(() => end.abort(failure ?? late), Math.min(timeout, LONGEST));
    const abort = () => end.abort(signal?.reason);
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort, { once: true });
    try {
      for (let attempt = 0; ; attempt++) {
        end.signal.throwIfAborted();
        try {
          return await unless(end.signal, transport[type](path, input, { signal: end.signal }));
        } catch (error) {
          end.signal.throwIfAborted();
          failure = failureOf(error, target.url);
          const again = failure.code === "SERVICE_UNAVAILABLE" && attempt < retries && isRepeatable(type, path, input);
          if (!again) throw failure;
        }
        await backoff(attempt, end.signal);
      }
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    }
  };
}

/** A call in a batch is not given up by the transport before all of the batch are. */
function unless<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/** A removal, done twice, would say NOT_FOUND of what it removed; a change of a certain state, CONFLICT with itself. */
function isRepeatable(type: "query" | "mutation", path: string, input: unknown): boolean {
  if (type === "query" || /\.create(Many)?$/.test(path)) return true;
  return path.endsWith(".update") && isObject(input) && input.ifUpdated === undefined;
}

function prepared(path: string, input: unknown, scopes: Scopes): unknown {
  if (!isObject(input)) return input;
  if (path === "flowRun.create") return { ...input, idempotencyKey: input.idempotencyKey ?? unique() };
  if (path === "artifact.create") return publication(input, scopes);
  if (path === "artifact.createMany" && Array.isArray(input.items)) {
    return { ...input, items: input.items.map((item) => (isObject(item) ? publication(item, scopes) : item)) };
  }
  return input;
}

/** What is published belongs to the runs around it, unless it names its own. */
function publication(input: Record<string, unknown>, scopes: Scopes): Record<string, unknown> {
  const scope = input.flowRunId === undefined && input.taskRunId === undefined ? scopes.current() : undefined;
  return {
    ...input,
    ...(scope && { flowRunId: scope.flowRunId, taskRunId: scope.taskRunId }),
    idempotencyKey: input.idempotencyKey ?? unique(),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

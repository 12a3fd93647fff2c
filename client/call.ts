import { VitrineError } from "#contract/error";
import { toVitrineError } from "./error";
import type { ResolvedOptions } from "./options";
import type { CallOptions, Procedures } from "./procedures";
import type { ScopeTracker } from "./scope";
import type { Transport } from "./transport";

/** The longest delay that timers support. */
const MAX_TIMER = 2 ** 31 - 1;

/** Calls a procedure by its path, such as `artifact.create`. Rejects with a VitrineError, or the reason of `signal`. */
type Call = (type: "query" | "mutation", path: string, input?: unknown, options?: CallOptions) => Promise<unknown>;

/**
 * The server's procedures. Each call has a time limit, and is retried while the server is unreachable if repeating it
 * is harmless: creates and copies carry an idempotency key, so that one whose response was lost is not done twice.
 */
export function createProcedures(transport: Transport, options: ResolvedOptions, scopes: ScopeTracker): Procedures {
  // The type lists the paths that exist; the proxy sends any path to `call`.
  return pathProxy([], createCall(transport, options, scopes)) as Procedures;
}

/** Collects property names; a call of `a.b.query(input)` sends the path `a.b`. */
function pathProxy(names: string[], call: Call): unknown {
  return new Proxy(() => {}, {
    get: (_, name) => (typeof name === "string" && name !== "then" ? pathProxy([...names, name], call) : undefined),
    apply: (_, __, [input, options]) => {
      const path = names.slice(0, -1).join(".");
      return call(names.at(-1) === "mutate" ? "mutation" : "query", path, input, options);
    },
  });
}

function createCall(transport: Transport, defaults: ResolvedOptions, scopes: ScopeTracker): Call {
  return async (type, path, rawInput, { signal, context = {} } = {}) => {
    const { timeout = defaults.timeout, retries = defaults.retries } = context;
    const input = withDefaults(path, rawInput, scopes);
    let lastError: VitrineError | undefined;
    const end = new AbortController();
    const expire = () => end.abort(lastError ?? timeoutError(path, defaults.url, timeout));
    const timer = setTimeout(expire, Math.min(timeout, MAX_TIMER));
    const abort = () => end.abort(signal?.reason);
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort, { once: true });
    try {
      for (let attempt = 0; ; attempt++) {
        end.signal.throwIfAborted();
        try {
          return await abortable(transport[type](path, input, { signal: end.signal }), end.signal);
        } catch (error) {
          end.signal.throwIfAborted();
          lastError = toVitrineError(error, defaults.url);
          const retry =
            lastError.code === "SERVICE_UNAVAILABLE" && attempt < retries && isRepeatable(type, path, input);
          if (!retry) throw lastError;
        }
        await backoff(attempt, end.signal);
      }
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    }
  };
}

function timeoutError(path: string, url: string, timeout: number): VitrineError {
  return new VitrineError("TIMEOUT", `${path} got no response from ${url} within ${timeout} ms.`);
}

/** tRPC aborts a batch only when all of its calls are aborted; this rejects as soon as one is. */
function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/** Repeating a removal would fail with NOT_FOUND, and a conditional update with CONFLICT. */
function isRepeatable(type: "query" | "mutation", path: string, input: unknown): boolean {
  if (type === "query" || /\.(create(Many)?|makeLatest)$/.test(path)) return true;
  return path.endsWith(".update") && isObject(input) && input.ifUpdated === undefined;
}

function withDefaults(path: string, input: unknown, scopes: ScopeTracker): unknown {
  if (!isObject(input)) return input;
  if (path === "flowRun.create" || path === "artifact.makeLatest") {
    return { ...input, idempotencyKey: input.idempotencyKey ?? randomKey() };
  }
  if (path === "artifact.create") return withRuns(input, scopes);
  if (path === "artifact.createMany" && Array.isArray(input.items)) {
    return { ...input, items: input.items.map((item) => (isObject(item) ? withRuns(item, scopes) : item)) };
  }
  return input;
}

/** Adds the runs of the current scope unless the artifact names its own, and an idempotency key. */
function withRuns(input: Record<string, unknown>, scopes: ScopeTracker): Record<string, unknown> {
  const scope = input.flowRunId === undefined && input.taskRunId === undefined ? scopes.current() : undefined;
  return {
    ...input,
    ...(scope && { flowRunId: scope.flowRunId, taskRunId: scope.taskRunId }),
    idempotencyKey: input.idempotencyKey ?? randomKey(),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Waits 0.05 to 0.1 s before the first retry (`attempt` 0), then up to twice as long each time; `signal` ends the wait. */
export function backoff(attempt: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, 100 * 2 ** attempt * (0.5 + Math.random() / 2));
    signal?.addEventListener("abort", end);
  });
}

/** 32 random hexadecimal digits. `crypto.randomUUID` does not exist on pages served over plain HTTP. */
export function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

import { type AnyTRPCProcedure, getTRPCErrorFromUnknown, type TRPCError } from "@trpc/server";
import type { ReadContext } from "#server/routers/written";

type Result = { ok: true; data: unknown } | { ok: false; error: TRPCError };
type Options = { ctx: object; input?: unknown; getRawInput: () => Promise<unknown> };
type Middleware = (options: object) => Promise<Result>;

/** What a resolver gets that middlewares were run for. */
export type Resolve = (options: { ctx: ReadContext; input: unknown }) => Promise<unknown>;

/**
 * Calls a procedure as tRPC's own caller, which is slower: it copies the options of each middleware one property at a time.
 * @param resolve runs instead of the procedure's resolver
 * @returns its output
 * @throws TRPCError
 */
export async function runProcedure(
  procedure: AnyTRPCProcedure,
  options: Options & Record<string, unknown>,
  resolve?: Resolve,
): Promise<unknown> {
  const result = await runMiddlewares(procedure, options, resolve);
  if (!result.ok) throw result.error;
  return result.data;
}

function runMiddlewares(procedure: AnyTRPCProcedure, options: Options, resolve?: Resolve): Promise<Result> {
  // Not declared in the type of a procedure.
  const { middlewares, meta } = procedure._def as unknown as { middlewares: Middleware[]; meta: unknown };
  const resolver = middlewares.length - 1;
  const runFrom = async (index: number, current: Options): Promise<Result> => {
    const next = (changes: Partial<Options> = {}) =>
      runFrom(index + 1, {
        ...current,
        ctx: changes.ctx ? { ...current.ctx, ...changes.ctx } : current.ctx,
        input: "input" in changes ? changes.input : current.input,
        getRawInput: changes.getRawInput ?? current.getRawInput,
      });
    try {
      if (resolve && index === resolver) return { ok: true, data: await resolve(Object(current)) };
      const middleware = middlewares[index];
      if (!middleware) throw new Error("The last middleware of a procedure is its resolver.");
      return await middleware({ ...current, meta, next });
    } catch (cause) {
      return { ok: false, error: getTRPCErrorFromUnknown(cause) };
    }
  };
  return runFrom(0, options);
}

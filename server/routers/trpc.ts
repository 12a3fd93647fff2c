import { initTRPC, TRPCError } from "@trpc/server";
import { VitrineError } from "#contract/error";
import { replaceRawJson } from "#contract/raw-json";
import type { Pools } from "#db/postgres";
import { withSlot } from "#db/slots";
import { expectWritable } from "#db/write-guard";
import type { Context, Role } from "./context";
import { changeMessageOf } from "./effects";
import { trpcToVitrineError } from "./error";

/** Who may call a procedure, and on which connections it runs. */
export interface Meta {
  role: Role;
  pool: keyof Pools;
}

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    isDev: false,
    errorFormatter: ({ shape, error }) => ({
      ...shape,
      data: { ...shape.data, ...detailsOf(error) },
    }),
  });

/** What an error says beyond its sentence; for a refused input the first broken rule and every issue. */
function detailsOf(error: TRPCError) {
  if (error.cause instanceof VitrineError) return error.cause.details;
  return {};
}

/** Errors are thrown where known and mapped here, once: the caller sees a closed code, a sentence and its details. */
const mapErrors = t.middleware(async ({ next }) => {
  const result = await next();
  if (result.ok) return result;
  const known = trpcToVitrineError(result.error);
  throw new TRPCError({ code: known.code, message: known.message, cause: known });
});

const RANK: Record<Role, number> = { read: 1, write: 2, admin: 3 };

/** Refuses who may not do this. Procedures ask by themselves; what is none (a stream of bytes) asks here. */
export function expectRole(role: Role | null, needed: Role): void {
  if (!role) throw new VitrineError("UNAUTHORIZED", "Send an API key as a Bearer token, or sign in.");
  if (RANK[role] >= RANK[needed]) return;
  throw new VitrineError("FORBIDDEN", `This needs the role "${needed}"; the key sent has "${role}".`);
}

function isUnexpected({ code, cause }: TRPCError): boolean {
  return code === "INTERNAL_SERVER_ERROR" && !(cause instanceof VitrineError);
}

/**
 * What every procedure is made from, as one step for each is felt in a point read. It asks for the role; it waits here
 * for a connection, for a bounded time, and not in the driver without an end; and it tells of every write, so that no
 * verb can forget it.
 */
function baseProcedure(role: Role, pool: keyof Pools) {
  const guard = t.middleware(async ({ ctx, type, path, getRawInput, next }) => {
    expectRole(ctx.role, role);
    if (type === "mutation") await expectWritable(ctx.pools);
    const db = pool === "reads" ? ctx.pools.reads() : ctx.pools[pool];
    const result = await withSlot(() => next({ ctx: { db } }), pool === "reads" ? "quick" : "whole");
    if (type !== "subscription" && result.ok && ctx.encode) result.data = replaceRawJson(result.data, ctx.encode);
    if (type !== "mutation") return result;
    if (result.ok) ctx.changes.changed(changeMessageOf(path, await getRawInput(), result.data));
    // What nobody refused may have been written: the connection can be lost after the commit.
    else if (isUnexpected(result.error)) ctx.changes.changed({ type: "resync" });
    return result;
  });
  return t.procedure.meta({ role, pool }).use(mapErrors).use(guard);
}

export const router = t.router;
export const createCaller = t.createCallerFactory;

/** Procedures that read by name, which is quick; any role may call them. */
export const reads = baseProcedure("read", "reads");

/** Procedures that read by a filter of the caller's: TIMEOUT "narrow the filter" after 2 s in the database. */
export const searches = baseProcedure("read", "searches");

/** Procedures that change the store. */
export const writes = baseProcedure("write", "writes");

/** Procedures that delete for good or look after the instance. */
export const admin = baseProcedure("admin", "writes");

import { initTRPC, TRPCError } from "@trpc/server";
import { StoreError } from "#contract/error";
import { withPlace } from "#db/places";
import type { Context, Role } from "./context";
import { effectOf } from "./effects";
import { storeErrorOf } from "./failure";

const t = initTRPC.context<Context>().create({
  isDev: false,
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    data: { ...shape.data, ...detailsOf(error) },
  }),
});

/** What an error says beyond its sentence; for a refused input the first broken rule and every issue. */
function detailsOf(error: TRPCError) {
  if (error.cause instanceof StoreError) return error.cause.details;
  return {};
}

/** Errors are thrown where known and mapped here, once: the caller sees a closed code, a sentence and its details. */
const failures = t.middleware(async ({ next }) => {
  const result = await next();
  if (result.ok) return result;
  const known = storeErrorOf(result.error);
  throw new TRPCError({ code: known.code, message: known.message, cause: known });
});

const RANK: Record<Role, number> = { read: 1, write: 2, admin: 3 };

/** A call holds one connection, so that calls wait here for a bounded time and not in the driver without an end. */
const placed = t.middleware(({ next }) => withPlace(() => next()));

function unforeseen({ code, cause }: TRPCError): boolean {
  return code === "INTERNAL_SERVER_ERROR" && !(cause instanceof StoreError);
}

/** Every write is told of here, whatever base it was made from, so that no verb can forget it. */
const told = t.middleware(async ({ ctx, type, path, getRawInput, next }) => {
  const result = await next();
  if (type !== "mutation") return result;
  if (result.ok) ctx.changes.changed(effectOf(path, await getRawInput(), result.data));
  // What nobody refused may have been written: the connection can be lost after the commit.
  else if (unforeseen(result.error)) ctx.changes.changed({ word: "resync" });
  return result;
});

function guarded(needed: Role) {
  const allowed = t.middleware(({ ctx, next }) => {
    if (!ctx.role) throw new StoreError("UNAUTHORIZED", "Send an API key as a Bearer token, or sign in.");
    if (RANK[ctx.role] < RANK[needed]) {
      throw new StoreError("FORBIDDEN", `This needs the role "${needed}"; the key sent has "${ctx.role}".`);
    }
    return next();
  });
  return t.procedure.use(failures).use(allowed).use(told).use(placed);
}

export const router = t.router;
export const createCaller = t.createCallerFactory;

/** Procedures that read; any role may call them. */
export const reads = guarded("read");

/** Procedures that read by a filter of the caller's: TIMEOUT "narrow the filter" after 2 s in the database. */
export const searches = reads.use(({ ctx, next }) => next({ ctx: { db: ctx.db.bounded ?? ctx.db } }));

/** Procedures that change the store. */
export const writes = guarded("write");

/** Procedures that delete for good or look after the instance. */
export const admin = guarded("admin");

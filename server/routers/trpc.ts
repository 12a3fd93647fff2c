import { initTRPC, TRPCError } from "@trpc/server";
import { VitrineError } from "#contract/error";
import { RawJson, replaceRawJson } from "#contract/raw-json";
import { newDeadline } from "#db/deadline";
import type { OutsideSlot } from "#db/slot-pool";
import { withSlot } from "#db/slots";
import { expectWritable } from "#db/write-guard";
import { asOf } from "../models/as-of";
import { type Author, isActorStored, LOCAL, storeActor } from "../models/author";
import { asCaller } from "../models/query/filtered";
import { namesCaller } from "../models/query/language";
import { reachable } from "../models/reach";
import { DEFAULT_REVISIONS, DEFAULT_SEARCH_VERSIONS } from "../process/env";
import { noteWritten } from "../process/storage";
import type { Context, Credentials, PoolName, Role } from "./context";
import { changeMessageOf } from "./effects";
import { lateError, showsDeadlock, showsPooler, toVitrineError } from "./error";
import { learnKeys, locksOf } from "./locks";
import { limitOf } from "./reach";
import type { Read } from "./written";

export interface Meta {
  role: Role;
  pool: PoolName;
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

function detailsOf(error: TRPCError) {
  if (error.cause instanceof VitrineError) return error.cause.details;
  return {};
}

const mapErrors = t.middleware(async ({ ctx, type, meta, next }) => {
  const result = await next();
  if (result.ok) return result;
  const known = toVitrineError(result.error, { type, pool: meta?.pool, request: ctx.requestId });
  throw new TRPCError({ code: known.code, message: known.message, cause: known });
});

const RANK: Record<Role, number> = { read: 1, write: 2, admin: 3 };

export function hasRole(role: Role | null, required: Role): boolean {
  return role !== null && RANK[role] >= RANK[required];
}

export function unauthorizedError(problem = "Send an API key as a Bearer token, or sign in."): VitrineError {
  return new VitrineError("UNAUTHORIZED", problem);
}

/** For HTTP endpoints that are not procedures. @throws VitrineError UNAUTHORIZED, FORBIDDEN */
export function expectRole(role: Role | null, required: Role): void {
  if (!role) throw unauthorizedError();
  if (hasRole(role, required)) return;
  throw new VitrineError("FORBIDDEN", `Requires the role "${required}"; yours is "${role}".`);
}

function isUnexpected({ code, cause }: TRPCError): boolean {
  return code === "INTERNAL_SERVER_ERROR" && !(cause instanceof VitrineError);
}

/** Data of more bytes may take PostgreSQL, or the blob store, longer than other writes of a row. */
const LARGE_DATA = 1024 * 1024;

function hasLargeData(input: unknown): boolean {
  const { data } = Object(input);
  return data instanceof RawJson && data.bytes > LARGE_DATA;
}

/** For calls in process. */
const NO_CREDENTIALS: Credentials = { apiKeys: [], needsAdmin: false, applied: (write) => write };

// One middleware instead of several, as each is a measurable part of a point read.
function baseProcedure(role: Role, pool: PoolName) {
  const guard = t.middleware(({ ctx, type, path, getRawInput, next }) => {
    expectRole(ctx.role, role);
    const isMutation = type === "mutation";
    const { keys, keepRevisions = DEFAULT_REVISIONS, searchVersions = DEFAULT_SEARCH_VERSIONS } = ctx;
    const { credentials = NO_CREDENTIALS } = ctx;
    const rule = keys === null ? "none" : limitOf(path, keys);
    const author: Author = {
      ...(ctx.author ?? LOCAL),
      mayWrite: hasRole(ctx.role, "write"),
      isAdmin: hasRole(ctx.role, "admin"),
      keys,
    };
    const perform = (pool: PoolName, input?: unknown) => {
      const whole = pool === "reads" ? ctx.pools.reads() : ctx.pools[pool];
      const db = rule === "filtered" ? reachable(whole, keys) : whole;
      const work = async (outside: OutsideSlot) => {
        if (isMutation) {
          author.outsideSlot = (work) => outside(() => work((part) => withSlot(pool, ctx.caller, part)));
          await expectWritable(ctx.pools);
          if (!isActorStored(ctx.pools, author)) await storeActor(ctx.pools, db, author);
        }
        if (keys !== null && typeof rule === "function") await rule(input, keys, db);
        const dbFor = ({ asOf: timestamp, where }: Read) => {
          const read = timestamp === undefined ? db : asOf(whole, timestamp, keys);
          return where && namesCaller(where) ? asCaller(read, author.actor.id) : read;
        };
        const call = () => next({ ctx: { db, dbFor, author, keepRevisions, searchVersions, credentials } });
        let result = await call();
        // Once: from now on no statement is prepared.
        if (!result.ok && showsPooler(result.error)) result = await call();
        // Once: writes lock keys in order, but a key that is renamed until it is locked is locked out of order.
        else if (!result.ok && role !== "admin" && showsDeadlock(result.error)) result = await call();
        if (isMutation && result.ok) {
          learnKeys(result.data);
          noteWritten();
          ctx.changes.changed(changeMessageOf(path, input, result.data));
        }
        // The connection may have been lost after the commit.
        if (isMutation && !result.ok && isUnexpected(result.error)) ctx.changes.changed({ type: "resync" });
        if (type !== "subscription" && result.ok && ctx.encode) result.data = replaceRawJson(result.data, ctx.encode);
        return result;
      };
      const findLocks = isMutation || role === "admin" ? () => locksOf(path, input, ctx.pools) : undefined;
      const limit = { deadline: ctx.deadline ?? newDeadline(), lateError: () => lateError(type) };
      return withSlot(pool, ctx.caller, work, findLocks, pool === "long" ? undefined : limit);
    };
    if (!isMutation) return perform(pool);
    return getRawInput().then((input) => perform(pool === "writes" && hasLargeData(input) ? "long" : pool, input));
  });
  return t.procedure.meta({ role, pool }).use(mapErrors).use(guard);
}

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

export const reads = baseProcedure("read", "reads");

/** Queries with a filter. TIMEOUT after 2 s in the database. */
export const searches = baseProcedure("read", "searches");

/** Writes of a few rows: 3 s for each statement, 30 s where data is above 1 MiB. */
export const writes = baseProcedure("write", "writes");

/** Writes of what is the caller's alone, for every role. */
export const ownWrites = baseProcedure("read", "writes");

/** Writes of many rows: 30 s for each statement. */
export const bulk = baseProcedure("write", "long");

export const admin = baseProcedure("admin", "long");

export const adminSearches = baseProcedure("admin", "searches");

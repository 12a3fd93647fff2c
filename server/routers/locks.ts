import type { Pools } from "#db/postgres";
import type { Locks } from "#db/slot-pool";
import { type Keyed, keysOf } from "#server/models/locks";

/** The keys of artifacts that this process wrote: so that few updates need a query. They never change. */
const learned = new Map<string, string | null>();
const MAX_LEARNED = 10_000;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A statement that finds keys once the one before it has ended; until then ids are added. */
interface Lookup {
  ids: Set<string>;
  keys: Promise<Map<string, Keyed>>;
}

const waiting = new WeakMap<Pools, Lookup>();
const running = new WeakMap<Pools, Promise<unknown>>();

/** The fields that name a row of another kind, which a foreign key locks. */
const REFERENCES = { flowId: "flow", deploymentId: "deployment", flowRunId: "flowRun" };

/** What a procedure may lock, by its input, which is not checked yet: keys, and rows of the other kinds. */
export function locksOf(path: string, input: unknown, pools: Pools): Locks | Promise<Locks> {
  const [noun = ""] = path.split(".");
  if (noun === "admin" || noun === "apiKey" || noun === "person") return new Set(["admin"]);
  const fields = fieldsOf(input);
  const ids = [...textsIn(fields.id), ...textsIn(fields.ids)].map((id) => id.toLowerCase());
  const locks = new Set<string>();
  const addAll = (kind: string, names: unknown) => {
    for (const name of textsIn(names)) locks.add(`${kind} ${name}`);
  };
  if (!["artifact", "collection", "trash"].includes(noun)) {
    addAll(noun, ids);
    addAll(noun, fields.name);
    for (const [field, kind] of Object.entries(REFERENCES)) addAll(kind, fields[field]);
    return locks;
  }
  for (const item of [fields, ...(Array.isArray(fields.items) ? fields.items.map(fieldsOf) : [])]) {
    addAll("key", item.key);
    addAll("key", item.keys);
    addAll("idempotency", item.idempotencyKey);
  }
  // An id that is not valid names nothing, and would fail the statement for others.
  const unknown = ids.filter((id) => !addLearned(locks, id) && UUID.test(id));
  const [removal = null] = textsIn(fields.removal);
  if (removal !== null) return addKeys(locks, keysOf(pools.reads(), { ids: unknown, removal }));
  return unknown.length > 0 ? addKeys(locks, findKeys(unknown, pools)) : locks;
}

/** Remembers the keys in the result of a mutation. */
export function learnKeys(result: unknown): void {
  const { id, key } = fieldsOf(result);
  if (typeof id === "string" && (typeof key === "string" || key === null)) learn(id, key);
}

async function addKeys(locks: Set<string>, found: Promise<Keyed[]>): Promise<Locks> {
  for (const { id, key } of await found) add(locks, id, key);
  return locks;
}

/** The keys of a few versions: one statement at a time, which under load finds those of many calls. */
async function findKeys(ids: readonly string[], pools: Pools): Promise<Keyed[]> {
  const lookup = waiting.get(pools) ?? startLookup(pools);
  for (const id of ids) lookup.ids.add(id);
  const keys = await lookup.keys;
  return ids.flatMap((id) => keys.get(id) ?? []);
}

function startLookup(pools: Pools): Lookup {
  const ids = new Set<string>();
  // Whether the one before it succeeds is of no importance.
  const keys = Promise.allSettled([running.get(pools)]).then(async () => {
    waiting.delete(pools);
    const found = await keysOf(pools.reads(), { ids: [...ids], removal: null });
    for (const { id, key } of found) learn(id, key);
    return new Map(found.map((each) => [each.id, each]));
  });
  const lookup = { ids, keys };
  waiting.set(pools, lookup);
  running.set(pools, keys);
  return lookup;
}

function addLearned(locks: Set<string>, id: string): boolean {
  const key = learned.get(id);
  if (key === undefined) return false;
  add(locks, id, key);
  return true;
}

function add(locks: Set<string>, id: string, key: string | null): void {
  locks.add(key === null ? `artifact ${id}` : `key ${key}`);
}

function learn(id: string, key: string | null): void {
  learned.set(id, key);
  if (learned.size > MAX_LEARNED) for (const oldest of learned.keys()) return void learned.delete(oldest);
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return Object(value);
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

import type { Pools } from "#db/postgres";
import type { Locks } from "#db/slot-pool";
import { keysOf, type Which } from "#server/models/locks";

/** The keys of artifacts that this process wrote: so that few updates need a query. They never change. */
const learned = new Map<string, string | null>();
const MAX_LEARNED = 10_000;

/** The fields that name a row of another kind, which a foreign key locks. */
const REFERENCES = { flowId: "flow", deploymentId: "deployment", flowRunId: "flowRun" };

/** What a procedure may lock, by its input, which is not checked yet: keys, and rows of the other kinds. */
export function locksOf(path: string, input: unknown, pools: Pools): Locks | Promise<Locks> {
  const [noun = ""] = path.split(".");
  if (noun === "admin") return new Set(["admin"]);
  const fields = fieldsOf(input);
  const ids = [...textsIn(fields.id), ...textsIn(fields.ids)].map((id) => id.toLowerCase());
  const locks = new Set<string>();
  const add = (kind: string, names: unknown) => {
    for (const name of textsIn(names)) locks.add(`${kind} ${name}`);
  };
  if (!["artifact", "collection", "trash"].includes(noun)) {
    add(noun, ids);
    add(noun, fields.name);
    for (const [field, kind] of Object.entries(REFERENCES)) add(kind, fields[field]);
    return locks;
  }
  for (const item of [fields, ...(Array.isArray(fields.items) ? fields.items.map(fieldsOf) : [])]) {
    add("key", item.key);
    add("key", item.keys);
    add("idempotency", item.idempotencyKey);
  }
  const unknown = ids.filter((id) => !addLearned(locks, id));
  const [removal = null] = textsIn(fields.removal);
  return unknown.length > 0 || removal !== null ? query(locks, { ids: unknown, removal }, pools) : locks;
}

/** Remembers the keys in the result of a mutation. */
export function learnKeys(result: unknown): void {
  const { id, key } = fieldsOf(result);
  if (typeof id === "string" && (typeof key === "string" || key === null)) learn(id, key);
}

async function query(locks: Set<string>, which: Which, pools: Pools): Promise<Locks> {
  for (const { id, key } of await keysOf(pools.reads(), which)) {
    learn(id, key);
    addLearned(locks, id);
  }
  return locks;
}

function addLearned(locks: Set<string>, id: string): boolean {
  const key = learned.get(id);
  if (key === undefined) return false;
  locks.add(key === null ? `artifact ${id}` : `key ${key}`);
  return true;
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

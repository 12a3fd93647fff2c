import { drizzle } from "drizzle-orm/postgres-js";
import type { Sql, TransactionSql } from "postgres";
import { AD_HOC } from "#db/ad-hoc";
import type { Database } from "#db/postgres";
import * as schema from "#db/schema";

/** The parameter for a value. */
export type Bind = (value: string, type?: "text" | "timestamptz") => string;

/** What a table has instead of its rows. */
export interface TableRows {
  /** A select: it reads the table itself, and those of `needs` as they are listed. */
  rows: (bind: Bind) => string;
  /** Tables that are listed before. */
  needs?: readonly string[];
}

/** By the name of the table; one that is not listed has all its rows. */
type Tables = ReadonlyMap<string, TableRows>;

/**
 * The same pool, in whose statements tables have other rows than their own: each begins with `with TABLE as (…)`, which
 * hides the table of that name. A statement that writes to such a table fails. Functions of the database see everything. The statements are not prepared, so that those of other callers stay as they are.
 */
export function filtered(db: Database, tables: Tables): Database {
  if (!db.$client) throw new Error("The tables of a pool are filtered, not those of a transaction.");
  // The client of a pool has the methods that Drizzle calls: see `Pool`.
  const client = filteredClient(db.$client as unknown as Sql, tables);
  clients.add(client);
  return drizzle(client, { schema });
}

const clients = new WeakSet<object>();

/** Whether tables have other rows than their own. */
export function isFiltered(db: Database): boolean {
  return db.$client !== undefined && clients.has(db.$client);
}

function filteredClient<Client extends Sql | TransactionSql>(client: Client, tables: Tables): Client {
  const target: object = client;
  const call = (method: string, ...parameters: unknown[]) =>
    Reflect.apply(Reflect.get(target, method), target, parameters);
  const inTransaction = (work: (tx: TransactionSql) => unknown) => (tx: TransactionSql) =>
    work(filteredClient(tx, tables));
  const overrides: Record<string, unknown> = {
    unsafe(text: string, values: unknown[] = []) {
      const statement = withTables(text, values, tables);
      return call("unsafe", statement.text, statement.values);
    },
    begin: (work: (tx: TransactionSql) => unknown) => call("begin", inTransaction(work)),
    savepoint: (work: (tx: TransactionSql) => unknown) => call("savepoint", inTransaction(work)),
  };
  return new Proxy(client, {
    get: (target, name) =>
      typeof name === "string" && name in overrides ? overrides[name] : Reflect.get(target, name),
  });
}

const past = new WeakMap<Database, string>();

/** Marks what `filtered` returned as the past at a timestamp, of which only tables are known. */
export function asPast(db: Database, timestamp: string): Database {
  past.set(db, timestamp);
  return db;
}

/** The timestamp of the past; null for the present. */
export function pastOf(db: Database): string | null {
  return past.get(db) ?? null;
}

const callers = new WeakMap<Database, string>();

/** The same database for a caller, by the id of their actor, whom conditions on `me` are about. */
export function asCaller(db: Database, actorId: string): Database {
  const own: Database = Object.create(db);
  callers.set(own, actorId);
  const timestamp = pastOf(db);
  return timestamp === null ? own : asPast(own, timestamp);
}

/** The id of the actor who calls; null where that is not known. */
export function callerOf(db: Database): string | null {
  return callers.get(db) ?? null;
}

/** A statement that begins with the tables that it may name. */
function withTables(text: string, values: unknown[], tables: Tables): { text: string; values: unknown[] } {
  const [first = ""] = /^\s*[a-z(]+/i.exec(text) ?? [];
  const word = first.trim().toLowerCase();
  if (word === "set") return { text, values };
  const rest = word === "with" ? text.slice(first.length) : text;
  if (!STATEMENTS.test(word) || /^\s+recursive\b/i.test(rest)) throw new Error("This statement cannot be filtered.");
  const words = new Set(text.match(/\w+/g));
  const all = [...values];
  const parameters = new Map<string, string>();
  const bind: Bind = (value, type = "text") => {
    const parameter = parameters.get(value) ?? `$${all.push(value)}`;
    parameters.set(value, parameter);
    return `${parameter}::${type}`;
  };
  const expressions: string[] = [];
  for (const [table, { rows, needs = [] }] of [...tables].reverse()) {
    if (!words.has(table)) continue;
    for (const need of needs) words.add(need);
    expressions.unshift(`"${table}" as not materialized (${rows(bind)})`);
  }
  if (expressions.length === 0) return { text: `${AD_HOC} ${text}`, values };
  return { text: `with ${AD_HOC} ${expressions.join(", ")}${word === "with" ? "," : ""} ${rest}`, values: all };
}

const STATEMENTS = /^(?:with|select|insert|update|delete|\(+(?:select)?)$/;

import { drizzle } from "drizzle-orm/postgres-js";
import type { Sql, TransactionSql } from "postgres";
import { AD_HOC } from "#db/ad-hoc";
import type { Database } from "#db/postgres";
import * as schema from "#db/schema";

/** A condition of the rows of a table, over its alias `t`; `bind` gives the parameter for a value. */
export type TableFilter = (bind: (value: string) => string) => string;

/** By the name of the table; one that is not listed has all its rows. */
export type TableFilters = ReadonlyMap<string, TableFilter>;

/**
 * The same pool, in whose statements tables have only the rows that match their conditions: each begins with
 * `with TABLE as (…)`, which hides the table of that name. A statement that writes to such a table fails. Functions of the
 * database see everything. The statements are not prepared, so that those of other callers stay as they are.
 */
export function filtered(db: Database, filters: TableFilters): Database {
  if (!db.$client) throw new Error("The tables of a pool are filtered, not those of a transaction.");
  // The client of a pool has the methods that Drizzle calls: see `Pool`.
  return drizzle(filteredClient(db.$client as unknown as Sql, filters), { schema });
}

function filteredClient<Client extends Sql | TransactionSql>(client: Client, filters: TableFilters): Client {
  const target: object = client;
  const call = (method: string, ...parameters: unknown[]) =>
    Reflect.apply(Reflect.get(target, method), target, parameters);
  const inTransaction = (work: (tx: TransactionSql) => unknown) => (tx: TransactionSql) =>
    work(filteredClient(tx, filters));
  const overrides: Record<string, unknown> = {
    unsafe(text: string, values: unknown[] = []) {
      const statement = withFilters(text, values, filters);
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

/** A statement that begins with the tables that it may name. */
function withFilters(text: string, values: unknown[], filters: TableFilters): { text: string; values: unknown[] } {
  const [first = ""] = /^\s*[a-z(]+/i.exec(text) ?? [];
  const word = first.trim().toLowerCase();
  if (word === "set") return { text, values };
  const rest = word === "with" ? text.slice(first.length) : text;
  if (!STATEMENTS.test(word) || /^\s+recursive\b/i.test(rest)) throw new Error("This statement cannot be filtered.");
  const words = new Set(text.match(/\w+/g));
  const all = [...values];
  const parameters = new Map<string, string>();
  const bind = (value: string) => {
    const parameter = parameters.get(value) ?? `$${all.push(value)}::text`;
    parameters.set(value, parameter);
    return parameter;
  };
  const tables = [...filters].filter(([table]) => words.has(table));
  const expressions = tables.map(
    ([table, filter]) => `"${table}" as not materialized (select * from "${table}" t where ${filter(bind)})`,
  );
  if (tables.length === 0) return { text: `${AD_HOC} ${text}`, values };
  return { text: `with ${AD_HOC} ${expressions.join(", ")}${word === "with" ? "," : ""} ${rest}`, values: all };
}

const STATEMENTS = /^(?:with|select|insert|update|delete|\(+(?:select)?)$/;

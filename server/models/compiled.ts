import type { Database } from "#db/postgres";

/**
 * A statement that is put together once for each pool and not at every call. `build` gives it with placeholders
 * (`sql.placeholder`), prepared.
 */
export function compiled<Statement>(build: (db: Database) => Statement): (db: Database) => Statement {
  const known = new WeakMap<Database, Statement>();
  return (db) => {
    const earlier = known.get(db);
    if (earlier) return earlier;
    const statement = build(db);
    known.set(db, statement);
    return statement;
  };
}

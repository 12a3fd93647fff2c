import { and, type Column, or, type SQL, sql } from "drizzle-orm";
import { makePgArray } from "drizzle-orm/pg-core";
import type {
  ChoiceCondition,
  IdCondition,
  InstantCondition,
  KeyCondition,
  Operator,
  TextCondition,
} from "#contract/filter";

type Given<T> = T | null | undefined;
type Operand = Column | SQL;

/** A list of ids as one parameter. */
export function uuids(ids: readonly string[]): SQL {
  return sql`${makePgArray([...ids])}::uuid[]`;
}

/** A list of texts as one parameter. */
export function texts(values: readonly string[]): SQL {
  return sql`${makePgArray([...values])}::text[]`;
}

/** Joins what was given of one filter object; a filter without criteria counts as not given, also under `or`. */
export function joined(operator: Given<Operator>, conditions: (SQL | undefined)[]): SQL | undefined {
  return operator === "or" ? or(...conditions) : and(...conditions);
}

/** An id among those listed. */
export function idIs(column: Operand, condition: Given<IdCondition>): SQL | undefined {
  return condition?.any ? sql`${column} = any(${uuids(condition.any)})` : undefined;
}

/** A name among those listed, or like a pattern with Prefect's open wildcards. */
export function textIs(column: Operand, condition: Given<TextCondition>): SQL | undefined {
  if (!condition) return undefined;
  return and(
    condition.any ? sql`${column} = any(${texts(condition.any)})` : undefined,
    condition.like ? sql`${column} ilike ${`%${unfinishedEscape(condition.like)}%`}` : undefined,
  );
}

/** A key among those listed, like a pattern, containing or starting with a text, or there at all. */
export function keyIs(column: Operand, condition: Given<KeyCondition>): SQL | undefined {
  if (!condition) return undefined;
  return and(
    textIs(column, condition),
    condition.contains ? sql`${column} ilike ${`%${literal(condition.contains)}%`}` : undefined,
    condition.startsWith ? sql`${column} ilike ${`${literal(condition.startsWith)}%`}` : undefined,
    condition.exists == null ? undefined : condition.exists ? sql`${column} is not null` : sql`${column} is null`,
  );
}

/** A value among those listed and not among those excluded; as in Prefect, an exclusion leaves out rows without a value. */
export function choiceIs(column: Operand, condition: Given<ChoiceCondition>): SQL | undefined {
  if (!condition) return undefined;
  return and(
    condition.any ? sql`${column} = any(${texts(condition.any)})` : undefined,
    condition.notAny?.length ? sql`${column} <> all(${texts(condition.notAny)})` : undefined,
  );
}

/** A moment between two others, both included. */
export function instantIs(column: Operand, condition: Given<InstantCondition>): SQL | undefined {
  if (!condition) return undefined;
  return and(
    condition.after ? sql`${column} >= ${condition.after}::timestamptz` : undefined,
    condition.before ? sql`${column} <= ${condition.before}::timestamptz` : undefined,
  );
}

function literal(pattern: string): string {
  return pattern.replace(/[\\%_]/g, "\\$&");
}

/** A pattern that ends in an escape has nothing to escape: PostgreSQL refuses it, so the backslash is meant literally. */
function unfinishedEscape(pattern: string): string {
  const trailing = /\\*$/.exec(pattern)?.[0].length ?? 0;
  return trailing % 2 === 1 ? `${pattern}\\` : pattern;
}

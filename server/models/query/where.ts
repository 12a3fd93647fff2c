import { and, type Column, or, type SQL, sql } from "drizzle-orm";
import { makePgArray } from "drizzle-orm/pg-core";
import type {
  ChoiceCondition,
  IdChoice,
  KeyCondition,
  MetadataCondition,
  NumberCondition,
  Operator,
  OptionalIdCondition,
  OptionalTextCondition,
  OptionalTimestampCondition,
  PatternCondition,
  TagsCondition,
  TextCondition,
} from "#contract/filter";
import type { Json } from "#contract/json";

type Optional<T> = T | null | undefined;
type Operand = Column | SQL;

/** A list of ids as one parameter. */
export function uuids(ids: readonly string[]): SQL {
  return sql`${makePgArray([...ids])}::uuid[]`;
}

/** A list of texts as one parameter. */
export function texts(values: readonly string[]): SQL {
  return sql`${makePgArray([...values])}::text[]`;
}

/** Joins the criteria of one filter object; a filter without criteria counts as absent, also under `or`. */
export function combine(operator: Optional<Operator>, conditions: (SQL | undefined)[]): SQL | undefined {
  return operator === "or" ? or(...conditions) : and(...conditions);
}

/** A single value is compared with `=`, which lets an index return rows in order. */
function isAnyOf(list: Optional<string[]>, operand: Operand, values: typeof texts): SQL | undefined {
  if (list?.length === 1) return sql`${operand} = (${values(list)})[1]`;
  return list ? sql`${operand} = any(${values(list)})` : undefined;
}

/** As in Prefect, an exclusion omits rows without a value; an empty list counts as absent. */
function isNoneOf(list: Optional<string[]>, operand: Operand, values: typeof texts): SQL | undefined {
  return list?.length ? sql`${operand} <> all(${values(list)})` : undefined;
}

/** A value that is (not) set. */
export function existsIs(operand: Operand, flag: Optional<boolean>): SQL | undefined {
  return isNullAs(operand, flag == null ? flag : !flag);
}

function isNullAs(operand: Operand, flag: Optional<boolean>): SQL | undefined {
  if (flag == null) return undefined;
  return flag ? sql`${operand} is null` : sql`${operand} is not null`;
}

/** An id in one list, and not in the other. */
export function idIs(operand: Operand, condition: Optional<IdChoice>): SQL | undefined {
  return and(isAnyOf(condition?.any, operand, uuids), isNoneOf(condition?.notAny, operand, uuids));
}

/** An id in a list, or (not) null. */
export function optionalIdIs(operand: Operand, condition: Optional<OptionalIdCondition>): SQL | undefined {
  const { operator, any, isNull } = condition ?? {};
  return combine(operator, [isAnyOf(any, operand, uuids), isNullAs(operand, isNull)]);
}

/** A text that matches a pattern with Prefect's wildcards, or literally contains or starts with a text. */
export function patternIs(operand: Operand, condition: Optional<PatternCondition>): SQL | undefined {
  const { like, contains, startsWith, matches } = condition ?? {};
  return and(
    like ? sql`${operand} ilike ${`%${like}%`}` : undefined,
    contains ? sql`${operand} ilike ${`%${escapeLike(contains)}%`}` : undefined,
    startsWith ? sql`${operand} ilike ${`${escapeLike(startsWith)}%`}` : undefined,
    matches ? sql`${operand} ilike ${starsToLike(matches)}` : undefined,
  );
}

/** A name for case-insensitive patterns: in the byte order of the column, only ASCII letters have case. */
export function caseInsensitive(name: Column): SQL {
  return sql`${name} collate "default"`;
}

/** A name in one list and not in the other, and matching its patterns. */
export function nameIs(name: Column, condition: Optional<TextCondition>): SQL | undefined {
  return and(choiceIs(name, condition), patternIs(caseInsensitive(name), condition));
}

/** A key: as a name, or (not) null, or directly in a folder; patterns apart. */
export function keyIs(operand: Operand, condition: Optional<KeyCondition>): SQL | undefined {
  const { exists } = condition ?? {};
  return and(
    choiceIs(operand, condition),
    existsIs(operand, exists),
    condition?.folder == null ? undefined : isIn(operand, condition.folder),
    condition?.folder == null ? undefined : sql`${operand} not like ${`${escapeLike(condition.folder)}%/%`}`,
  );
}

/** A key that begins with a folder, by the order of bytes, which an index has. */
export function isIn(operand: Operand, folder: string): SQL | undefined {
  if (folder === "") return undefined;
  // The character after the slash.
  return sql`${operand} > ${folder} and ${operand} < ${`${folder.slice(0, -1)}0`}`;
}

/** A value in one list, and not in the other. */
export function choiceIs(operand: Operand, condition: Optional<ChoiceCondition>): SQL | undefined {
  return and(isAnyOf(condition?.any, operand, texts), isNoneOf(condition?.notAny, operand, texts));
}

/** A value in a list, or (not) null. */
export function optionalTextIs(operand: Operand, condition: Optional<OptionalTextCondition>): SQL | undefined {
  const { operator, any, isNull } = condition ?? {};
  return combine(operator, [isAnyOf(any, operand, texts), isNullAs(operand, isNull)]);
}

/** Tags that include all, some or none of a list, or that are (not) empty. */
export function tagsAre(operand: Operand, condition: Optional<TagsCondition>): SQL | undefined {
  const { operator, all, any, notAny, isNull } = condition ?? {};
  return combine(operator, [
    all?.length ? sql`${operand} @> ${texts(all)}` : undefined,
    any ? sql`${operand} && ${texts(any)}` : undefined,
    notAny?.length ? sql`not ${operand} && ${texts(notAny)}` : undefined,
    isNull == null ? undefined : isNull ? sql`${operand} = '{}'` : sql`${operand} <> '{}'`,
  ]);
}

/** A timestamp in an inclusive range, or (not) null. `presence`: the column whose null counts, if it is another. */
export function timestampIs(
  operand: Operand,
  condition: Optional<OptionalTimestampCondition>,
  presence: Operand = operand,
): SQL | undefined {
  const { after, before, isNull } = condition ?? {};
  return and(
    after ? sql`${operand} >= ${after}::timestamptz` : undefined,
    before ? sql`${operand} <= ${before}::timestamptz` : undefined,
    isNullAs(presence, isNull),
  );
}

/** A number in one list and not in the other, and in an inclusive range; or (not) null. */
export function numberIs(
  operand: Operand,
  condition: Optional<NumberCondition & { isNull?: boolean | null }>,
  type: "bigint" | "float8" = "bigint",
): SQL | undefined {
  const { any, notAny, min, max, isNull } = condition ?? {};
  const cast = sql.raw(type);
  return and(
    any ? sql`${operand} = any(${makePgArray(any)}::${cast}[])` : undefined,
    notAny?.length ? sql`${operand} <> all(${makePgArray(notAny)}::${cast}[])` : undefined,
    min == null ? undefined : sql`${operand} >= ${min}::${cast}`,
    max == null ? undefined : sql`${operand} <= ${max}::${cast}`,
    isNullAs(operand, isNull),
  );
}

/** All conditions on object members, or values within them. */
export function metadataIs(operand: Operand, conditions: Optional<MetadataCondition[]>): SQL | undefined {
  return and(...(conditions ?? []).map((condition) => memberIs(operand, condition)));
}

/** Where PostgreSQL takes a name for a position, the value can be in a list, which containment has no form for. */
const POSITION = /^\s*[+-]?\d+$/;

function memberIs(operand: Operand, { name, path, exists, equals, any, notAny, ...rest }: MetadataCondition) {
  const names = path ?? [];
  const has = sql`${operand} ? ${name}::text`;
  const value = names.length > 0 ? sql`(${operand} #> ${texts([name, ...names])})` : sql`(${operand} -> ${name}::text)`;
  // The index supports containment, which is broader than equality, so the value is compared as well.
  const is = (expected: Json) => {
    const json = JSON.stringify(expected);
    const indexed = names.some((each) => POSITION.test(each))
      ? has
      : sql`${operand} @> ${JSON.stringify(within([name, ...names], expected))}::jsonb`;
    return sql`(${indexed} and ${value} = ${json}::jsonb)`;
  };
  const { contains, min, max } = rest;
  const number = sql`case jsonb_typeof(${value}) when 'number' then ${value}::numeric end`;
  return and(
    exists == null ? undefined : existsAs(names.length > 0 ? and(has, sql`${value} is not null`) : has, exists),
    equals === undefined ? undefined : is(equals),
    any ? (or(...any.map(is)) ?? sql`false`) : undefined,
    notAny?.length ? and(has, ...notAny.map((each) => sql`${value} <> ${JSON.stringify(each)}::jsonb`)) : undefined,
    contains ? and(has, containsText(value, contains)) : undefined,
    min == null ? undefined : and(has, sql`${number} >= ${min}::numeric`),
    max == null ? undefined : and(has, sql`${number} <= ${max}::numeric`),
  );
}

/** The index finds what exists, but not what does not. */
function existsAs(condition: SQL | undefined, flag: boolean): SQL | undefined {
  return flag ? condition : sql`not coalesce((${condition}), false)`;
}

/** A value within objects: `{"a": {"b": value}}` for the path a, b. */
function within(path: string[], value: Json): Json {
  return path.reduceRight((inner: Json, name) => ({ [name]: inner }), value);
}

function containsText(value: SQL, text: string): SQL {
  return sql`case jsonb_typeof(${value}) when 'string' then ${patternIs(sql`${value} #>> '{}'`, { contains: text })}
    when 'array' then ${value} ? ${text}::text else false end`;
}

/** A pattern with `*` for any characters, and a backslash before those that stand for themselves. */
function starsToLike(pattern: string): string {
  return pattern.replace(/\\(.?)|([*%_])/gsu, (_, escaped: string | undefined, special: string) => {
    if (special === "*") return "%";
    return special === undefined ? escapeLike(escaped || "\\") : `\\${special}`;
  });
}

function escapeLike(pattern: string): string {
  return pattern.replace(/[\\%_]/g, "\\$&");
}

import type {
  ChoiceCondition,
  IdChoice,
  KeyCondition,
  LabelCondition,
  MetadataCondition,
  NumberCondition,
  Operator,
  OptionalIdCondition,
  OptionalTextCondition,
  OptionalTimestampCondition,
  PatternCondition,
  TagsCondition,
} from "#contract/filter";
import type { Json } from "#contract/json";

// The contract's filters over plain values, independent of the SQL, as a reference for it.

type Optional<T> = T | null | undefined;

/** Whether a row matches; undefined without criteria. */
export type Test<Row> = ((row: Row) => boolean) | undefined;

/** The conditions of one object; those without criteria do not count, under either operator. */
export function joined<Row>(operator: Optional<Operator>, tests: Test<Row>[]): Test<Row> {
  const input = tests.filter((test) => test !== undefined);
  if (input.length === 0) return undefined;
  return operator === "or" ? (row) => input.some((test) => test(row)) : (row) => input.every((test) => test(row));
}

/** Whether a row passes; every row does without criteria. */
export function passes<Row>(test: Test<Row>, row: Row): boolean {
  return test === undefined || test(row);
}

type Text<Row> = (row: Row) => string | null | undefined;

/** A value in one list, and not in the other. */
export function choice<Row>(of: Text<Row>, condition: Optional<ChoiceCondition>): Test<Row> {
  const { any, notAny } = condition ?? {};
  return joined<Row>("and", [
    any ? (row) => any.some((value) => value === of(row)) : undefined,
    notAny?.length ? (row) => of(row) != null && !notAny.some((value) => value === of(row)) : undefined,
  ]);
}

/** As `choice`, for ids, which are case-insensitive. */
export function id<Row>(of: Text<Row>, condition: Optional<IdChoice>): Test<Row> {
  const lower = (ids: Optional<string[]>) => ids?.map((each) => each.toLowerCase());
  return choice(of, { any: lower(condition?.any), notAny: lower(condition?.notAny) });
}

/** Whether a value is missing. */
export function missing<Row>(of: (row: Row) => unknown, flag: Optional<boolean>): Test<Row> {
  return flag == null ? undefined : (row) => (of(row) == null) === flag;
}

/** A row with one of these labels, and with or without any. */
export function labelled<Row>(of: (row: Row) => { name: string }[], condition: Optional<LabelCondition>): Test<Row> {
  const { any, exists } = condition ?? {};
  return joined<Row>("and", [
    any ? (row) => of(row).some(({ name }) => any.includes(name)) : undefined,
    exists == null ? undefined : (row) => of(row).length > 0 === exists,
  ]);
}

/** An id in a list, or null, joined by the condition's own operator. */
export function optionalId<Row>(of: Text<Row>, condition: Optional<OptionalIdCondition>): Test<Row> {
  const { operator, any, isNull } = condition ?? {};
  return joined(operator, [id(of, { any }), missing(of, isNull)]);
}

/** A value in a list, or null, joined by the condition's own operator. */
export function optionalText<Row>(of: Text<Row>, condition: Optional<OptionalTextCondition>): Test<Row> {
  const { operator, any, isNull } = condition ?? {};
  return joined(operator, [choice(of, { any }), missing(of, isNull)]);
}

/** Matches a pattern with wildcards, contains or starts with a text; all case-insensitive. */
export function pattern<Row>(of: Text<Row>, condition: Optional<PatternCondition>): Test<Row> {
  const { like, contains, startsWith, matches } = condition ?? {};
  const folded = (row: Row) => of(row)?.toLowerCase();
  const starred = matches ? stars(matches.toLowerCase()) : undefined;
  const liked = like ? wildcards(`%${like.toLowerCase()}%`) : undefined;
  return joined<Row>("and", [
    liked && ((row) => liked.test(folded(row) ?? "") && of(row) != null),
    contains ? (row) => folded(row)?.includes(contains.toLowerCase()) === true : undefined,
    startsWith ? (row) => folded(row)?.startsWith(startsWith.toLowerCase()) === true : undefined,
    starred && ((row) => starred.test(folded(row) ?? "") && of(row) != null),
  ]);
}

/** A pattern with `*` for any characters and a backslash for the next one itself, as a regular expression. */
function stars(pattern: string): RegExp {
  const parts = [...pattern.matchAll(/\\(.?)|(.)/gsu)].map(([, escaped, character = ""]) =>
    character === "*" ? ".*" : literally(escaped === undefined ? character : escaped || "\\"),
  );
  return new RegExp(`^${parts.join("")}$`, "su");
}

/** A LIKE pattern as a regular expression: `%` any characters, `_` one, `\` escapes the next one. */
function wildcards(like: string): RegExp {
  let source = "";
  const characters = [...like];
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i] ?? "";
    if (character === "%") source += ".*";
    else if (character === "_") source += ".";
    else source += literally(character === "\\" ? (characters[++i] ?? "") : character);
  }
  return new RegExp(`^${source}$`, "su");
}

function literally(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}

/** A name in one list and not in the other, and matching its patterns. */
export function text<Row>(of: Text<Row>, condition: Optional<PatternCondition & ChoiceCondition>): Test<Row> {
  return joined("and", [choice(of, condition), pattern(of, condition)]);
}

/** A key: as a name, and null or not, and directly in a folder. */
export function key<Row>(of: Text<Row>, condition: Optional<KeyCondition>): Test<Row> {
  const { exists, folder } = condition ?? {};
  const isDirect = (key: string) => key.startsWith(folder ?? "") && !key.slice(folder?.length).includes("/");
  return joined("and", [
    text(of, condition),
    missing(of, exists == null ? exists : !exists),
    folder == null ? undefined : (row) => isDirect(of(row) ?? "/"),
  ]);
}

/** Tags: all, any or none of a list, or none at all, joined by the condition's own operator. */
export function tags<Row extends { tags: string[] }>(condition: Optional<TagsCondition>): Test<Row> {
  const { operator, all, any, notAny, isNull } = condition ?? {};
  return joined<Row>(operator, [
    all?.length ? (row) => all.every((tag) => row.tags.includes(tag)) : undefined,
    any ? (row) => any.some((tag) => row.tags.includes(tag)) : undefined,
    notAny?.length ? (row) => !notAny.some((tag) => row.tags.includes(tag)) : undefined,
    isNull == null ? undefined : (row) => (row.tags.length === 0) === isNull,
  ]);
}

/** In an inclusive range; `presence` is the value whose null counts. */
export function instant<Row>(of: Text<Row>, condition: Optional<OptionalTimestampCondition>, presence = of): Test<Row> {
  const { after, before, isNull } = condition ?? {};
  const at = (row: Row) => {
    const timestamp = of(row);
    return timestamp == null ? null : microseconds(timestamp);
  };
  const compared = (limit: Optional<string>, sign: bigint): Test<Row> => {
    if (!limit) return undefined;
    const bound = microseconds(limit);
    return (row) => {
      const timestamp = at(row);
      return timestamp !== null && (timestamp - bound) * sign >= 0n;
    };
  };
  return joined("and", [compared(after, 1n), compared(before, -1n), missing(presence, isNull)]);
}

function microseconds(timestamp: string): bigint {
  const [, seconds, fraction = "", zone] = /^(.{19})(?:\.(\d+))?(.+)$/.exec(timestamp) ?? [];
  return BigInt(Date.parse(`${seconds}${zone}`)) * 1000n + BigInt(fraction.padEnd(6, "0"));
}

/** A number in one list and not in the other, in an inclusive range, and null or not. */
export function number<Row>(
  of: (row: Row) => number | null,
  condition: Optional<NumberCondition & { isNull?: boolean | null }>,
): Test<Row> {
  const { any, notAny, min, max, isNull } = condition ?? {};
  const holds = (test: (value: number) => boolean) => (row: Row) => {
    const value = of(row);
    return value !== null && test(value);
  };
  return joined("and", [
    any ? holds((value) => any.includes(value)) : undefined,
    notAny?.length ? holds((value) => !notAny.includes(value)) : undefined,
    min == null ? undefined : holds((value) => value >= min),
    max == null ? undefined : holds((value) => value <= max),
    missing(of, isNull),
  ]);
}

/** All conditions on object members or values within them: that they exist or not, and which JSON values they have. */
export function metadata<Row extends { metadata: { [key: string]: Json } | null }>(
  conditions: Optional<MetadataCondition[]>,
): Test<Row> {
  const condition = (conditions ?? []).map(({ name, path, exists, equals, any, notAny, contains, min, max }) => {
    const at = (row: Row) => [name, ...(path ?? [])].reduce(inner, row.metadata ?? undefined);
    const is = (value: Json) => (row: Row) => canonical(at(row)) === canonical(value);
    const numeric = (test: (value: number) => boolean) => (row: Row) => {
      const value = at(row);
      return typeof value === "number" && test(value);
    };
    return joined<Row>("and", [
      exists == null ? undefined : (row) => (at(row) !== undefined) === exists,
      equals === undefined ? undefined : is(equals),
      any ? (row) => any.some((value) => is(value)(row)) : undefined,
      notAny?.length ? (row) => at(row) !== undefined && !notAny.some((value) => is(value)(row)) : undefined,
      contains ? (row) => hasText(at(row), contains) : undefined,
      min == null ? undefined : numeric((value) => value >= min),
      max == null ? undefined : numeric((value) => value <= max),
    ]);
  });
  return joined("and", condition);
}

/** A member of an object, or the item of a list at a position, from its end if negative. */
function inner(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value)) return /^\s*[+-]?\d+$/.test(name) ? value.at(Number(name)) : undefined;
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function hasText(value: Json | undefined, text: string): boolean {
  if (typeof value === "string") return value.toLowerCase().includes(text.toLowerCase());
  return Array.isArray(value) && value.includes(text);
}

function canonical(value: Json | undefined): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort())
      : inner,
  );
}

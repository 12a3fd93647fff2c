import { z } from "zod";
import { type Json, jsonError, textError } from "./json";
import { Label } from "./label";
import { MAX_LIST } from "./limits";
import { Folder, Id, Key, NO_NUL, name, Timestamp } from "./value";

const MAX_PATTERN = 255;

/** How far within a member of the metadata a condition can look. */
const MAX_PATH = 10;

const isStorable = (value: string) => textError(value) === null;
const STORABLE = { error: "must be well-formed Unicode without NUL characters" };
const Text = z.string().refine(isStorable, STORABLE).meta({ pattern: NO_NUL });
/** A part of a text that a filter looks for. */
export const Pattern = z.string().max(MAX_PATTERN).refine(isStorable, STORABLE).meta({ pattern: NO_NUL });

const Ids = z.array(Id).max(MAX_LIST).nullish();
const Texts = z.array(Text).max(MAX_LIST).nullish();
const Flag = z.boolean().nullish();

/** How the conditions of a filter are combined; the default is `and`. */
export const Operator = z.enum(["and", "or"]);
export type Operator = z.infer<typeof Operator>;

/** `any`: is one of these; an empty list matches nothing. */
export const IdCondition = z.strictObject({ any: Ids });
export type IdCondition = z.infer<typeof IdCondition>;

/** `any`: as above. `notAny`: is set and none of these; an empty list is ignored. */
export const IdChoice = z.strictObject({ any: Ids, notAny: Ids });
export type IdChoice = z.infer<typeof IdChoice>;

/** `any`: as above. `isNull`: is not set (true) or is set (false). Combined by its own operator. */
export const OptionalIdCondition = z.strictObject({ operator: Operator.nullish(), any: Ids, isNull: Flag });
export type OptionalIdCondition = z.infer<typeof OptionalIdCondition>;

const patterns = {
  like: Pattern.nullish(),
  contains: Pattern.nullish(),
  startsWith: Pattern.nullish(),
  matches: Pattern.nullish(),
};

/**
 * `any`: is one of these; an empty list matches nothing. `notAny`: is none of these; an empty list is ignored. `like`:
 * `ILIKE '%…%'`, with the wildcards `%`, `_` and `\` as in Prefect. `contains` and `startsWith` have no wildcards. `matches`:
 * the whole text, where `*` is any characters, and a backslash makes the next one stand for itself. All four ignore case; an
 * empty pattern is ignored.
 */
export const TextCondition = z.strictObject({ any: Texts, notAny: Texts, ...patterns });
export type TextCondition = z.infer<typeof TextCondition>;

/**
 * As `TextCondition`. `me`: is the caller (true), or is known and is not (false); without credentials everyone is `local`.
 * `exists`: is known (true) or not (false), as of versions of programs before 0.2.
 */
export const AuthorCondition = z.strictObject({ any: Texts, notAny: Texts, ...patterns, me: Flag, exists: Flag });
export type AuthorCondition = z.infer<typeof AuthorCondition>;

const Keys = z.array(Key).max(MAX_LIST).nullish();

/**
 * As `TextCondition`; `notAny`: has a key, and none of these. `exists`: has a key (true) or none (false). `folder`: begins with
 * it, a key and a slash, and has no further one; empty: has no slash.
 */
export const KeyCondition = z.strictObject({
  ...{ any: Keys, notAny: Keys, ...patterns, exists: Flag },
  folder: Folder.nullish(),
});
export type KeyCondition = z.infer<typeof KeyCondition>;

export const PatternCondition = z.strictObject(patterns);
export type PatternCondition = z.infer<typeof PatternCondition>;

/**
 * `any`: is one of these; an empty list matches nothing. `notAny`: is set and none of these; an empty list is ignored.
 * Both can be given (Prefect then ignores both).
 */
export const ChoiceCondition = z.strictObject({ any: Texts, notAny: Texts });
export type ChoiceCondition = z.infer<typeof ChoiceCondition>;

/** As `ChoiceCondition`. `exists`: is set (true) or is not (false). */
export const TypeCondition = z.strictObject({ any: Texts, notAny: Texts, exists: Flag });
export type TypeCondition = z.infer<typeof TypeCondition>;

/** `contains`: has this part, ignoring case; an empty one is ignored. `exists`: is set (true) or is not (false). */
export const DescriptionCondition = z.strictObject({ contains: z.string().max(MAX_PATTERN).nullish(), exists: Flag });
export type DescriptionCondition = z.infer<typeof DescriptionCondition>;

/**
 * `any`: has at least one of these labels; an empty list matches nothing. `exists`: has a label (true) or none (false).
 */
export const LabelCondition = z.strictObject({ any: z.array(Label).max(MAX_LIST).nullish(), exists: Flag });
export type LabelCondition = z.infer<typeof LabelCondition>;

/** `any`: is one of these. `isNull`: is not set (true) or is set (false). Combined by its own operator. */
export const OptionalTextCondition = z.strictObject({ operator: Operator.nullish(), any: Texts, isNull: Flag });
export type OptionalTextCondition = z.infer<typeof OptionalTextCondition>;

/**
 * `all`: has each of these; an empty list is ignored. `any`: has at least one of these; an empty list matches nothing.
 * `notAny`: has none of these; an empty list is ignored. `isNull`: has no tags (true) or some (false). Combined by its own
 * operator.
 */
export const TagsCondition = z.strictObject({
  operator: Operator.nullish(),
  all: Texts,
  any: Texts,
  notAny: Texts,
  isNull: Flag,
});
export type TagsCondition = z.infer<typeof TagsCondition>;

/** Both bounds are inclusive. */
export const TimestampCondition = z.strictObject({ after: Timestamp.nullish(), before: Timestamp.nullish() });
export type TimestampCondition = z.infer<typeof TimestampCondition>;

/** Both bounds are inclusive. `isNull`: is not set (true) or is set (false). */
export const OptionalTimestampCondition = z.strictObject({
  after: Timestamp.nullish(),
  before: Timestamp.nullish(),
  isNull: Flag,
});
export type OptionalTimestampCondition = z.infer<typeof OptionalTimestampCondition>;

const Whole = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

const Wholes = z.array(Whole).max(MAX_LIST).nullish();
const wholes = { any: Wholes, notAny: Wholes, min: Whole.nullish(), max: Whole.nullish() };

/**
 * `any`: is one of these; an empty list matches nothing. `notAny`: is set and none of these; an empty list is ignored.
 * `min` and `max` are inclusive.
 */
export const NumberCondition = z.strictObject(wholes);
export type NumberCondition = z.infer<typeof NumberCondition>;

/** As `NumberCondition`. `isNull`: is not set (true) or is set (false). */
export const OptionalNumberCondition = z.strictObject({ ...wholes, isNull: Flag });
export type OptionalNumberCondition = z.infer<typeof OptionalNumberCondition>;

const Doubles = z.array(z.number()).max(MAX_LIST).nullish();

/** As `OptionalNumberCondition`, with any numbers: fractions and negative ones too. */
export const ValueCondition = z.strictObject({
  any: Doubles,
  notAny: Doubles,
  min: z.number().nullish(),
  max: z.number().nullish(),
  isNull: Flag,
});
export type ValueCondition = z.infer<typeof ValueCondition>;

/** `min` and `max` are inclusive. `isNull`: is not set (true) or is set (false). Prefect accepts and ignores this filter. */
export const LimitCondition = z.strictObject({ min: Whole.nullish(), max: Whole.nullish(), isNull: Flag });
export type LimitCondition = z.infer<typeof LimitCondition>;

const Value = z.custom<Json>().check((context) => {
  const error = jsonError(context.value);
  if (error) context.issues.push({ code: "custom", message: error, input: context.value });
});

const Values = z.array(Value).max(100).nullish();

/**
 * A member of the metadata, or with `path` a value within it: the names of members, or the positions of a list's items from
 * `"0"`, outermost first. `exists`: it is there, also as null, or is not. `equals`: is this JSON value. `any`: is one of
 * these. `notAny`: is there and none of these; an empty list is ignored. `contains`: a text that contains this, ignoring
 * case, or a list that has exactly this text; an empty one is ignored. `min` and `max`: a number within these inclusive
 * bounds. All given conditions must hold.
 */
export const MetadataCondition = z.strictObject({
  name: Pattern,
  path: z.array(Pattern).max(MAX_PATH).nullish(),
  exists: Flag,
  equals: Value.optional(),
  any: Values,
  notAny: Values,
  contains: Pattern.nullish(),
  min: z.number().nullish(),
  max: z.number().nullish(),
});
export type MetadataCondition = z.infer<typeof MetadataCondition>;

/** The creator of a run. `isNull`: is unknown (true) or known (false). Combined by its own operator. */
export const CreatedByCondition = z.strictObject({
  operator: Operator.nullish(),
  id: Ids,
  type: z.array(name(255)).max(MAX_LIST).nullish(),
  isNull: Flag,
});
export type CreatedByCondition = z.infer<typeof CreatedByCondition>;

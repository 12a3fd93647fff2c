import { z } from "zod";
import { type Json, jsonError } from "./json";
import { MAX_LIST } from "./limits";
import { Id, Key, name, Timestamp } from "./value";

const MAX_PATTERN = 255;

const wellFormed = (value: string) => !value.includes("\0") && value.isWellFormed();
const Text = z.string().refine(wellFormed, { error: "must be well-formed text without NUL characters" });
const Pattern = z
  .string()
  .max(MAX_PATTERN)
  .refine(wellFormed, { error: "must be well-formed text without NUL characters" });

const Ids = z.array(Id).max(MAX_LIST).nullish();
const Texts = z.array(Text).max(MAX_LIST).nullish();
const Flag = z.boolean().nullish();

/** How the conditions of one filter object are joined; `and` when absent. */
export const Operator = z.enum(["and", "or"]);
export type Operator = z.infer<typeof Operator>;

/** `any`: one of these ids; an empty list matches nothing. */
export const IdCondition = z.strictObject({ any: Ids });
export type IdCondition = z.infer<typeof IdCondition>;

/** `any`: as above. `notAny`: has an id, and none of these; an empty list counts as not given. */
export const IdChoice = z.strictObject({ any: Ids, notAny: Ids });
export type IdChoice = z.infer<typeof IdChoice>;

/** `any`: as above. `isNull`: has no id, or has one. Joined by its own operator: with `and`, the two exclude each other. */
export const OptionalIdCondition = z.strictObject({ operator: Operator.nullish(), any: Ids, isNull: Flag });
export type OptionalIdCondition = z.infer<typeof OptionalIdCondition>;

const patterns = { like: Pattern.nullish(), contains: Pattern.nullish(), startsWith: Pattern.nullish() };

/**
 * A name. `any`: one of these; an empty list matches nothing. `like`: `ILIKE '%…%'`, where `%`, `_` and `\` are
 * wildcards as in Prefect. `contains`, `startsWith`: literally. Patterns take either case; an empty one counts as not given.
 */
export const TextCondition = z.strictObject({ any: Texts, ...patterns });
export type TextCondition = z.infer<typeof TextCondition>;

/** A key: as a name. `exists`: has a key at all, or has none. */
export const KeyCondition = z.strictObject({ any: z.array(Key).max(MAX_LIST).nullish(), ...patterns, exists: Flag });
export type KeyCondition = z.infer<typeof KeyCondition>;

/** Any of the three patterns of a name. */
export const PatternCondition = z.strictObject(patterns);
export type PatternCondition = z.infer<typeof PatternCondition>;

/**
 * `any`: one of these; an empty list matches nothing. `notAny`: has a value, and none of these; an empty list counts as
 * not given. Both together must both hold (Prefect ignores them then).
 */
export const ChoiceCondition = z.strictObject({ any: Texts, notAny: Texts });
export type ChoiceCondition = z.infer<typeof ChoiceCondition>;

/** `any`: one of these values. `isNull`: has none, or has one. Joined by its own operator. */
export const OptionalTextCondition = z.strictObject({ operator: Operator.nullish(), any: Texts, isNull: Flag });
export type OptionalTextCondition = z.infer<typeof OptionalTextCondition>;

/** Tags. `all`: each of these (none given: not asked). `any`: at least one; an empty list matches nothing. `isNull`: has none, or has some. */
export const TagsCondition = z.strictObject({ operator: Operator.nullish(), all: Texts, any: Texts, isNull: Flag });
export type TagsCondition = z.infer<typeof TagsCondition>;

/** `after` and `before`, both inclusive. */
export const TimestampCondition = z.strictObject({ after: Timestamp.nullish(), before: Timestamp.nullish() });
export type TimestampCondition = z.infer<typeof TimestampCondition>;

/** `after` and `before`, both inclusive; `isNull`: has no such moment yet, or has one. */
export const OptionalTimestampCondition = z.strictObject({
  after: Timestamp.nullish(),
  before: Timestamp.nullish(),
  isNull: Flag,
});
export type OptionalTimestampCondition = z.infer<typeof OptionalTimestampCondition>;

const Whole = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/** A whole number. `any`: one of these. `min`, `max`: both inclusive. */
export const NumberCondition = z.strictObject({
  any: z.array(Whole).max(MAX_LIST).nullish(),
  min: Whole.nullish(),
  max: Whole.nullish(),
});
export type NumberCondition = z.infer<typeof NumberCondition>;

/** A limit. `min`, `max`: both inclusive. `isNull`: has none, or has one. Prefect takes this filter and ignores it. */
export const LimitCondition = z.strictObject({ min: Whole.nullish(), max: Whole.nullish(), isNull: Flag });
export type LimitCondition = z.infer<typeof LimitCondition>;

const Value = z.custom<Json>().check((context) => {
  const fault = jsonError(context.value);
  if (fault) context.issues.push({ code: "custom", message: fault, input: context.value });
});

/** One name of the metadata. `exists`: is there, or is not. `equals`: has this JSON value. `any`: has one of these. All that is given must hold. */
export const MetadataCondition = z.strictObject({
  name: z.string().max(MAX_PATTERN).refine(wellFormed, { error: "must be well-formed text without NUL characters" }),
  exists: Flag,
  equals: Value.optional(),
  any: z.array(Value).max(100).nullish(),
});
export type MetadataCondition = z.infer<typeof MetadataCondition>;

/** Who made a run: by id, by type, or by nobody that is known. Joined by its own operator. */
export const CreatedByCondition = z.strictObject({
  operator: Operator.nullish(),
  id: Ids,
  type: z.array(name(255)).max(MAX_LIST).nullish(),
  isNull: Flag,
});
export type CreatedByCondition = z.infer<typeof CreatedByCondition>;

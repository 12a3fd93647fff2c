import { z } from "zod";
import { Id, Instant, Key } from "./value";

/** How many values a list in a filter or a bulk verb may hold. */
export const MAX_LIST = 1000;

const MAX_PATTERN = 255;

/** How the conditions of one filter object are joined; `and` when absent. */
export const Operator = z.enum(["and", "or"]);
export type Operator = z.infer<typeof Operator>;

const Pattern = z
  .string()
  .max(MAX_PATTERN)
  .refine((pattern) => !pattern.includes("\0") && pattern.isWellFormed(), {
    error: "must be well-formed text without NUL characters",
  });

const Text = z.string().refine((value) => !value.includes("\0") && value.isWellFormed(), {
  error: "must be well-formed text without NUL characters",
});

/** `any`: one of these ids; an empty list matches nothing. */
export const IdCondition = z.strictObject({ any: z.array(Id).max(MAX_LIST).nullish() });
export type IdCondition = z.infer<typeof IdCondition>;

/**
 * A key. `any`: one of these, an empty list matches nothing. `like`: `ILIKE '%…%'`, where `%`, `_` and `\` are
 * wildcards as in Prefect. `contains`, `startsWith`: literally, whatever the case. `exists`: has a key at all.
 * Every condition that is given must hold; an empty pattern counts as not given.
 */
export const KeyCondition = z.strictObject({
  any: z.array(Key).max(MAX_LIST).nullish(),
  like: Pattern.nullish(),
  contains: Pattern.nullish(),
  startsWith: Pattern.nullish(),
  exists: z.boolean().nullish(),
});
export type KeyCondition = z.infer<typeof KeyCondition>;

/** `any`: one of these; an empty list matches nothing. `notAny`: has a value, and none of these; an empty list counts as not given. */
export const ChoiceCondition = z.strictObject({
  any: z.array(Text).max(MAX_LIST).nullish(),
  notAny: z.array(Text).max(MAX_LIST).nullish(),
});
export type ChoiceCondition = z.infer<typeof ChoiceCondition>;

/** A name. `any`: one of these, an empty list matches nothing. `like`: as a key's. */
export const TextCondition = z.strictObject({ any: z.array(Text).max(MAX_LIST).nullish(), like: Pattern.nullish() });
export type TextCondition = z.infer<typeof TextCondition>;

/** `after` and `before`, both inclusive. */
export const InstantCondition = z.strictObject({ after: Instant.nullish(), before: Instant.nullish() });
export type InstantCondition = z.infer<typeof InstantCondition>;

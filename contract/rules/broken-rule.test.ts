import { expect, test } from "vitest";
import { z } from "zod";
import { brokenRule, ruleSentence } from "./broken-rule";
import { ruleMessage } from "./rule";

const sentenceOf = (schema: z.ZodType, input: unknown) =>
  ruleSentence(brokenRule(schema.safeParse(input, { error: ruleMessage }).error?.issues ?? []));

const Read = z.union([z.strictObject({ id: z.guid() }), z.strictObject({ key: z.string(), version: z.int().min(1) })]);

test.each<[why: string, schema: z.ZodType, input: unknown, sentence: string]>([
  ["the input itself", z.strictObject({}), undefined, "The input must be an object."],
  [
    "a path",
    z.object({ a: z.array(z.object({ b: z.guid() })) }),
    { a: [{ b: "" }] },
    'The field "a[0].b" must be a UUID.',
  ],
  [
    "a mistyped name rather than the missing one",
    z.strictObject({ name: z.string() }),
    { nmae: "a" },
    'The field "nmae" is unknown; did you mean "name"?',
  ],
  ["a missing name", z.strictObject({ name: z.string() }), {}, 'The field "name" is required.'],
  [
    "an unknown name inside",
    z.strictObject({ a: z.strictObject({ key: z.int() }) }),
    { a: { kee: 1 } },
    'The field "a.kee" is unknown; did you mean "key"?',
  ],
  [
    "kinds of a union",
    z.object({ a: z.union([z.string(), z.int(), z.null()]) }),
    { a: [] },
    'The field "a" must be a string or a number or null.',
  ],
  ["the form that an input is closest to", Read, { key: "a", version: 0 }, 'The field "version" must be at least 1.'],
  ["a missing field of that form", Read, { key: "a" }, 'The field "version" is required.'],
  ["a mistyped field of that form", Read, { kee: "a", version: 1 }, 'The field "kee" is unknown; did you mean "key"?'],
  [
    "a value of the closest form",
    z.union([z.guid(), z.strictObject({ n: z.int() })]),
    "x",
    "The input must be a UUID.",
  ],
  ["no form at all", Read, 5, "The input must be an object."],
  ["one full stop", z.string().refine(() => false, "must not be. . "), "a", "The input must not be."],
])("names %s", (_, schema, input, sentence) => {
  expect(sentenceOf(schema, input)).toBe(sentence);
});

test("the path has symbols and long names of the caller in a readable form", () => {
  expect(
    brokenRule(z.record(z.string(), z.int()).safeParse({ ["x".repeat(300)]: "a" }).error?.issues ?? []).field,
  ).toBe(`${"x".repeat(200)}…`);
});

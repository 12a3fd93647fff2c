import { TRPCError } from "@trpc/server";
import { expect, inject, test } from "vitest";
import { z } from "zod";
import { toVitrineError } from "./error";
import { inputSchemas, procedures } from "./procedures";

const ID = "01890000-0000-7000-8000-000000000000";

/** A valid input; of an object with all its fields, so that each of them can be replaced. */
function exampleOf(schema: z.core.$ZodType): unknown {
  const inner = innerOf(schema);
  if (inner instanceof z.ZodObject) {
    return Object.fromEntries(Object.entries(inner.shape).map(([name, field]) => [name, exampleOf(field)]));
  }
  if (inner instanceof z.ZodArray) return [exampleOf(inner.element)];
  if (inner instanceof z.ZodEnum) return inner.options[0];
  if (inner instanceof z.ZodLiteral) return inner.value;
  if (inner instanceof z.ZodBoolean) return true;
  if (inner instanceof z.ZodNumber) return Math.max(1, inner.minValue ?? 1);
  const candidates = ["a", ID, "2026-11-28T00:00:00Z", "a".repeat(64), "https://a.example", {}, 1];
  return candidates.find((value) => z.safeParse(inner, value).success);
}

/** The schema within those that only add to it; of a union, its first. */
function innerOf(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodUnion) return innerOf(schema.options[0] ?? z.never());
  if (schema instanceof z.ZodPipe) return innerOf(schema.in);
  if (isWrapper(schema)) return innerOf(schema.unwrap());
  return schema;
}

function isWrapper(schema: z.core.$ZodType) {
  return (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  );
}

/** The objects in inputs that were tested before; the long tests test them in each input. */
const tested = new Set<z.core.$ZodType>();
const isLong = inject("runs") > 1;

type Path = (string | number)[];

/** The input with each of its values in turn replaced by `wrong`, and the path of that value. */
function* replaced(
  schema: z.core.$ZodType,
  value: unknown,
  wrong: unknown,
  path: Path = [],
): Generator<[unknown, Path]> {
  yield [wrong, path];
  const inner = innerOf(schema);
  if (path.length > 0 && tested.has(inner)) return;
  if (inner instanceof z.ZodArray && Array.isArray(value)) {
    for (const [i, item] of value.entries()) {
      for (const [next, at] of replaced(inner.element, item, wrong, [...path, i])) yield [value.with(i, next), at];
    }
  } else if (inner instanceof z.ZodObject && typeof value === "object") {
    for (const [name, child] of Object.entries(value ?? {})) {
      const field = inner.shape[name] ?? z.never();
      for (const [next, at] of replaced(field, child, wrong, [...path, name])) yield [{ ...value, [name]: next }, at];
    }
  }
}

/** Notes the objects in a schema. */
function note(schema: z.core.$ZodType): void {
  const inner = innerOf(schema);
  if (inner instanceof z.ZodArray) note(inner.element);
  if (!(inner instanceof z.ZodObject) || tested.has(inner)) return;
  tested.add(inner);
  for (const field of Object.values(inner.shape)) note(field);
}

const WRONG: [kind: string, value: unknown][] = [
  ["nothing", undefined],
  ["null", null],
  ["false", false],
  ["a negative number", -1],
  ["a fraction", 1.5],
  ["a number beyond 2^53", 1e300],
  ["an empty string", ""],
  ["a string", "Not\none of these"],
  ["a string with NUL", "\0"],
  ["a long string", "x".repeat(3_000)],
  ["a longer string", "x".repeat(600_000)],
  ["an empty list", []],
  ["a list", [[1]]],
  ["a long list", Array(1001).fill("a")],
  ["an empty object", {}],
  ["an object with another field", { nonsense: 1 }],
];

const LIBRARY = /expected .* received|Too (small|big)|Invalid|Unrecognized/;

const withInput = [...procedures].flatMap(([path, procedure]) =>
  inputSchemas(procedure).map((schema): [string, z.ZodType] => [path, schema]),
);

test("most procedures have an input", () => {
  expect(withInput.length).toBeGreaterThan(40);
});

test.each(withInput)("%s has plain sentences for wrong values, which name the field", (_, schema) => {
  const example = exampleOf(schema);
  expect(schema.safeParse(example).error).toBeUndefined();
  let rejected = 0;
  const takesLong = new Set<string>();
  for (const [kind, wrong] of WRONG) {
    for (const [input, path] of replaced(schema, example, wrong)) {
      // Most reject the shorter one already, which takes a fraction of the time.
      if (kind === "a longer string" && !takesLong.has(path.join())) continue;
      const { error } = schema.safeParse(input);
      if (!error && kind === "a long string") takesLong.add(path.join());
      if (!error) continue;
      rejected += 1;
      const { message, details } = toVitrineError(new TRPCError({ code: "BAD_REQUEST", cause: error }));
      const at = `${kind} in ${path.join(".")}: ${message}`;
      expect(message, at).not.toMatch(LIBRARY);
      expect(message, at).toMatch(/^The (input|field "[^"]+") (must |is |has )[^\n]+[.?]$/);
      const field = path.reduce<string>((before, step) => {
        if (typeof step === "number") return `${before}[${step}]`;
        return before === "" ? step : `${before}.${step}`;
      }, "");
      expect(details.field ?? "", at).toMatch(
        new RegExp(`^${field.replaceAll(/[[\]]/g, "\\$&")}${field === "" || typeof wrong === "object" ? "" : "$"}`),
      );
    }
  }
  expect(rejected).toBeGreaterThan(10);
  if (!isLong) note(schema);
});

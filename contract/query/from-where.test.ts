import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Filters, Where } from "../where";
import { queryOf } from "./from-where";
import { parseQuery } from "./parse";

/** Texts of which each field of a filter takes one. */
const TEXTS = ["0193a4c5-7d00-7000-8000-000000000000", "2026-11-30T00:00:00Z", "reports/", "some"];

/** A schema without what may be absent. */
function required(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? required(schema.unwrap()) : schema;
}

/** Values of a schema that each have one criterion, by the names on the way to it. */
function criteria(schema: z.core.$ZodType, path: string[] = []): [path: string, value: unknown][] {
  const at = path.join(".");
  const type = required(schema);
  if (type instanceof z.ZodObject) {
    // A member of the metadata has a name in any case.
    const own = type.shape.name instanceof z.ZodString ? { name: "region" } : {};
    return Object.entries(type.shape)
      .filter(([name]) => name !== "operator" && !(name in own) && !("name" in own && name === "path"))
      .flatMap(([name, each]) =>
        criteria(each, [...path, name]).map(([inner, value]): [string, unknown] => [inner, { ...own, [name]: value }]),
      );
  }
  if (type instanceof z.ZodArray) return criteria(type.element, path).map(([inner, value]) => [inner, [value]]);
  if (type instanceof z.ZodBoolean) return [true, false].map((flag) => [`${at}: ${flag}`, flag]);
  if (type instanceof z.ZodNumber) return [[at, 1]];
  if (type instanceof z.ZodEnum) return [[at, type.options[0]]];
  const text = TEXTS.find((each) => z.safeParse(type, each).success);
  if (text === undefined) throw new Error(`${at} takes none of the texts.`);
  return [[at, text]];
}

const { query: _, ...filters } = Where.shape;
const all = Object.entries(filters).flatMap(([noun, schema]) =>
  criteria(schema, [noun]).map(([path, value]) => ({ path, noun, value })),
);

describe("every condition of a filter has a spelling", () => {
  it.each(all)("$path", ({ noun, value }) => {
    const where: Filters = Where.parse({ [noun]: value });
    const query = queryOf(where);
    expect(parseQuery(query).problem).toBeNull();
    // A filter on what produced a version requires that this exists, even without conditions.
    expect(query).not.toBe(queryOf({ [noun]: {} }));
  });

  it("which tells an author called me from the caller", () => {
    expect(queryOf({ artifacts: { author: { any: ["me"] } } })).toBe('by:"me"');
    expect(queryOf({ artifacts: { author: { me: false } } })).toBe("by:!=me");
  });

  it("and those of artifacts and of metadata are among them", () => {
    const paths = all.map(({ path }) => path);
    for (const each of ["artifacts.author.any", "artifacts.metadata.min", "flowRuns.state.type.notAny"])
      expect(paths).toContain(each);
  });
});

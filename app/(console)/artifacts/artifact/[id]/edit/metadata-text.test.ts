import fc from "fast-check";
import { expect, it } from "vitest";
import type { Json } from "#contract/json";
import { formatValue, kindOf, metadataOf, parseValue, rowsOf } from "./metadata-text";

const json = fc.jsonValue().map((value): Json => JSON.parse(JSON.stringify(value)));

it("gives every value back as it was, texts that look like something else included", () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(parseValue(formatValue(value))).toEqual(value);
    }),
  );
  for (const text of ["12", "true", "null", '"', "", " 1 ", "[1", "{}", "words"])
    expect(parseValue(formatValue(text))).toBe(text);
});

it("gives metadata back as it was", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), json, { minKeys: 1 }), (metadata) => {
      fc.pre(!Object.hasOwn(metadata, "__proto__"));
      expect(metadataOf(rowsOf(metadata))).toEqual({ metadata: { ...metadata } });
    }),
  );
  expect(metadataOf(rowsOf(null))).toEqual({ metadata: null });
});

it("leaves out empty rows and refuses a name twice", () => {
  const row = (id: number, name: string, text: string) => ({ id, name, text });
  expect(metadataOf([row(0, "", "")])).toEqual({ metadata: null });
  expect(metadataOf([row(0, "a", "1"), row(1, "a", "2")])).toEqual({ twice: "a" });
});

it.each([
  ["words", "text"],
  ['"12"', "text"],
  ["12", "number"],
  ["true", "yes or no"],
  ["[]", "list"],
  ["{}", "object"],
  ["null", "null"],
])("%s is of the kind %s", (text, kind) => {
  expect(kindOf(text)).toBe(kind);
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "#contract/json";
import { formatValue, kindOf, metadataOf, parseValue, rowsOf } from "./metadata-text";

const json = fc.jsonValue().map((value): Json => JSON.parse(JSON.stringify(value)));

describe("a metadata value", () => {
  it("survives editing, also a text that looks like JSON", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(parseValue(formatValue(value))).toEqual(value);
      }),
    );
    for (const text of ["12", "true", "null", '"', "", " 1 ", "[1", "{}", "words"])
      expect(parseValue(formatValue(text))).toBe(text);
  });

  it("is shown without quotes where it can be", () => {
    expect(formatValue("words")).toBe("words");
    expect(formatValue("12")).toBe('"12"');
    expect(formatValue(12)).toBe("12");
    expect(formatValue({ a: [null] })).toBe('{"a":[null]}');
  });

  it.each([
    ["words", "text"],
    ["", "text"],
    ['"12"', "text"],
    ["12", "number"],
    ["true", "boolean"],
    ["[]", "list"],
    ["{}", "object"],
    ["null", "null"],
  ])("%j is of the kind %s", (text, kind) => {
    expect(kindOf(text)).toBe(kind);
  });
});

describe("metadata rows", () => {
  const row = (id: number, name: string, text: string) => ({ id, name, text });

  it("survive editing", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), json, { minKeys: 1 }), (metadata) => {
        fc.pre(!Object.hasOwn(metadata, "__proto__"));
        expect(metadataOf(rowsOf(metadata))).toEqual({ metadata: { ...metadata } });
      }),
    );
    expect(metadataOf(rowsOf(null))).toEqual({ metadata: null });
  });

  it("are ignored when empty", () => {
    expect(metadataOf([row(0, "", "")])).toEqual({ metadata: null });
    expect(metadataOf([row(0, "", ""), row(1, "a", "")])).toEqual({ metadata: { a: "" } });
  });

  it("may have an empty name with a value", () => {
    expect(metadataOf([row(0, "", "1")])).toEqual({ metadata: { "": 1 } });
  });

  it("must not repeat a name", () => {
    expect(metadataOf([row(0, "a", "1"), row(1, "a", "2")])).toEqual({ duplicate: "a" });
  });
});

import { describe, expect, it } from "vitest";
import { z } from "zod";
import { exactJson, exactPaths, RawJson, replaceRawJson } from "./raw-json";

const TEXT = '{ "b":1.0, "a":12345678901234567890, "é":"😀" }';

describe("RawJson", () => {
  it("returns the text, and its size as stored", async () => {
    const data = RawJson.fromText(TEXT);
    expect(data.text()).toBe(TEXT);
    expect(data.bytes).toBe(Buffer.byteLength(TEXT));
    expect(await new Response(data.stream()).text()).toBe(TEXT);
  });

  it("takes UTF-8 as it is", async () => {
    const utf8 = Buffer.from(TEXT);
    const data = RawJson.fromUtf8(utf8);
    expect(data.content()).toBe(utf8);
    expect(data.bytes).toBe(utf8.byteLength);
    expect(data.text()).toBe(TEXT);
    expect(data.toJSON()).toEqual(JSON.parse(TEXT));
    expect(await new Response(data.stream()).text()).toBe(TEXT);
  });

  it("is serialized as its value by JSON.stringify", () => {
    expect(JSON.stringify({ data: RawJson.fromText('[1.0, "a"]') })).toBe('{"data":[1,"a"]}');
  });

  it("does not show its text", () => {
    expect(Object.keys(RawJson.fromText(TEXT))).toEqual([]);
    expect(String(RawJson.fromText(TEXT))).not.toContain("12345");
  });
});

describe("exactJson", () => {
  it("passes a RawJson through and writes any other value", () => {
    const data = RawJson.fromText("1.0");
    expect(exactJson().parse(data)).toBe(data);
    expect(
      exactJson()
        .parse({ a: [1] })
        .text(),
    ).toBe('{"a":[1]}');
    expect(() => exactJson().parse(1n)).toThrow("Send data that JSON can hold.");
  });

  it("is optional where its field is", () => {
    expect(z.strictObject({ data: exactJson().optional() }).parse({})).toEqual({});
  });
});

describe("exactPaths", () => {
  it("finds exact fields behind every kind of wrapper", () => {
    const data = exactJson();
    const row = z.strictObject({ id: z.string(), data: data.nullish() });
    const schema = z
      .strictObject({
        one: row.prefault({ id: "a" }),
        many: z.array(row).default([]),
        either: z.union([z.string(), z.object({ data }), z.object({ data, id: z.string() })]).transform(String),
        none: z.unknown(),
      })
      .refine(() => true);
    expect(exactPaths(schema)).toEqual([
      ["one", "data"],
      ["many", "*", "data"],
      ["either", "data"],
    ]);
    expect(exactPaths(data)).toEqual([[]]);
  });
});

describe("replaceRawJson", () => {
  it("replaces every RawJson and nothing else", () => {
    const [one, two] = [RawJson.fromText("1"), RawJson.fromText("2")];
    const value = { items: [{ data: one, metadata: { a: [null, "x"] } }, { data: two }], next: null };
    expect(replaceRawJson(value, (data) => `<${data.text()}>`)).toEqual({
      items: [{ data: "<1>", metadata: { a: [null, "x"] } }, { data: "<2>" }],
      next: null,
    });
    expect(replaceRawJson(one, () => 7)).toBe(7);
    expect(replaceRawJson("x", () => 7)).toBe("x");
  });
});

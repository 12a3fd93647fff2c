import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectJsonCompatible, expectUrl, imageUrl } from "./data";

function fieldOf(value: unknown): unknown {
  try {
    expectJsonCompatible(value);
    return null;
  } catch (error) {
    return error;
  }
}

/** A list nested `depth` levels deep. */
function nested(depth: number): unknown {
  return Array.from({ length: depth - 1 }).reduce((inner) => [inner], []);
}

describe("expectJsonCompatible", () => {
  test("accepts whatever JSON.stringify keeps", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => expectJsonCompatible(value)));
    expectJsonCompatible({ at: new Date(0), note: undefined, url: new URL("https://a.example/") });
  });

  test.each([
    ["NaN", Number.NaN, "which has no NaN"],
    ["Infinity", Number.POSITIVE_INFINITY, "which has no Infinity"],
    ["a bigint", 1n, "which has no bigint"],
    ["a function", () => 1, "which has no function"],
    ["a symbol", Symbol("a"), "which has no symbol"],
    ["a Map", new Map(), "which has no Map or Set"],
    ["a Set", new Set(), "which has no Map or Set"],
    ["undefined", undefined, "which has no undefined"],
  ])("rejects %s with its path", (_, value, rule) => {
    expect(fieldOf({ rows: [1, { "a b": [value] }] })).toMatchObject({
      code: "BAD_REQUEST",
      message: `The field "data.rows[1]["a b"][0]" must be JSON, ${rule}.`,
      details: { field: 'data.rows[1]["a b"][0]' },
    });
  });

  test("accepts 200 levels and rejects 201", () => {
    expect(fieldOf(nested(200))).toBeNull();
    expect(fieldOf(nested(201))).toMatchObject({ message: expect.stringContaining("deeper than 200 levels") });
  });
});

describe("expectUrl", () => {
  test("returns an absolute URL of an accepted protocol unchanged", () => {
    expect(expectUrl("https://a.example", "url", ["https:"])).toBe("https://a.example");
    expect(expectUrl(new URL("mailto:a@a.example"), "url", ["mailto:"])).toBe("mailto:a@a.example");
  });

  test.each(["", "a.png", "/a", "javascript:alert(1)", "http:", "ftp://a.example/"])("rejects %j", (url) => {
    expect(() => expectUrl(url, "url", ["http:", "https:"])).toThrow(
      'The field "url" must be an absolute URL (http, https).',
    );
  });
});

describe("imageUrl", () => {
  const bytes = (latin1: string) => new Uint8Array(Buffer.from(latin1, "latin1"));

  test.each([
    ["\x89PNG\r\n", "image/png"],
    ["\xff\xd8\xff\xe0", "image/jpeg"],
    ["GIF89a", "image/gif"],
    ["RIFF\n\n\0\0WEBPVP8 ", "image/webp"],
    ["\0\0\0\x1cftypavif", "image/avif"],
    ["BM6\0", "image/bmp"],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml"],
    ['\xef\xbb\xbf<?xml version="1.0"?><!-- a --> <svg >', "image/svg+xml"],
  ])("detects the format of %j", async (text, type) => {
    expect(await imageUrl(bytes(text))).toBe(`data:${type};base64,${Buffer.from(text, "latin1").toString("base64")}`);
  });

  test("prefers mediaType to the type of a blob, and that to detection", async () => {
    const blob = new Blob([bytes("GIF89a")], { type: "image/x-blob" });
    expect(await imageUrl(blob)).toMatch(/^data:image\/x-blob;/);
    expect(await imageUrl(blob, "image/x-mine")).toMatch(/^data:image\/x-mine;/);
    expect(await imageUrl(new Blob([bytes("GIF89a")]))).toMatch(/^data:image\/gif;/);
  });

  test("encodes any bytes, also more than one chunk of them", async () => {
    const large = new Uint8Array(0x8000 * 2 + 3).map((_, i) => i % 251);
    for (const source of [large, large.buffer]) {
      const [, encoded = ""] = (await imageUrl(source, "image/png")).split(",");
      expect(Buffer.from(encoded, "base64").equals(large)).toBe(true);
    }
  });

  test("rejects an unknown format and a relative URL", async () => {
    await expect(imageUrl(bytes("plain text"))).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: "Unknown image format; pass its `mediaType`, such as image/png.",
    });
    await expect(imageUrl("dot.png")).rejects.toMatchObject({ code: "BAD_REQUEST", details: { field: "data" } });
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatJson, parseExact } from "./exact-json";

describe("formatJson", () => {
  it("indents as JSON.stringify does, whatever the whitespace was", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1, "\t"), (text, space) => {
        const value = JSON.parse(text);
        expect(formatJson(JSON.stringify(value, null, space))).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });

  it("keeps the source of numbers, and names that come twice", () => {
    expect(formatJson('{"a":[1.0,-0,9007199254740993,{}],"}":"[,:\\"","a":1e400,"b":[[ ]]}')).toBe(
      '{\n  "a": [\n    1.0,\n    -0,\n    9007199254740993,\n    {}\n  ],\n  "}": "[,:\\"",\n  "a": 1e400,\n  "b": [\n    []\n  ]\n}',
    );
  });

  it("writes characters instead of escapes where JSON can", () => {
    expect(formatJson('["\\u00e9\\/\\u000a\\ud800"]')).toBe('[\n  "é/\\n\\ud800"\n]');
  });
});

describe("parseExact", () => {
  it("parses what JSON.parse parses", () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        expect(JSON.stringify(parseExact(text))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
    expect(() => parseExact("{")).toThrow(SyntaxError);
  });

  it.runIf("rawJSON" in JSON)("keeps the source of numbers when written again", () => {
    const text = '{"a":1.0,"b":[9007199254740993,-0,1e400],"c":"1.0"}';
    expect(JSON.stringify(parseExact(text))).toBe(text);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { indexJsonText } from "./json-index";
import { indexSource, type JsonSource, textSource } from "./json-source";

/** The tree of kinds below a value; sizes are checked on the way. */
function treeOf(source: JsonSource, value: number): unknown {
  const kind = source.kindOf(value);
  if (kind !== "object" && kind !== "list") return kind;
  const children = Array.from(source.childrenOf(value), (child) => treeOf(source, child));
  expect(source.sizeOf(value)).toBe(children.length);
  return [kind, ...children];
}

function kindsOf(value: unknown): unknown {
  if (Array.isArray(value)) return ["list", ...value.map(kindsOf)];
  if (value === null) return "null";
  if (typeof value === "object") return ["object", ...Object.values(value).map(kindsOf)];
  return typeof value === "string" ? "text" : typeof value;
}

describe.each([
  ["textSource", textSource],
  ["indexSource", (text: string) => indexSource(indexJsonText(text))],
])("%s", (_, open) => {
  it("reads the kinds and children of every value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 1, "\t"), (value, indent) => {
        const source = open(` \n${JSON.stringify(value, null, indent)}\r\n`);
        expect(treeOf(source, source.root)).toEqual(kindsOf(value));
      }),
    );
  });

  it.each<[string, unknown]>([
    ['["\\\\","\\"","\\\\\\"]","x"]', ["list", "text", "text", "text", "text"]],
    ["[1.5e-3 , -0,true ,false,null ]", ["list", "number", "number", "boolean", "boolean", "null"]],
    ['{"a" : {"]" : [ ] } , "a":"}"}', ["object", ["object", ["list"]], "text"]],
    ["{ }", ["object"]],
    ["[[],[[]],{}]", ["list", ["list"], ["list", ["list"]], ["object"]]],
  ])("reads %s", (text, tree) => {
    const source = open(text);
    expect(treeOf(source, source.root)).toEqual(tree);
  });
});

describe("textSource", () => {
  it("gives positions in the text", () => {
    const text = ' {"a": [10, "x"], "b": null}';
    const source = textSource(text);
    expect(source.root).toBe(1);
    expect(Array.from(source.childrenOf(1), (at) => text.slice(at, at + 4))).toEqual(["[10,", "null"]);
  });

  it.each(['["a', '["a\\', "[1", "[[1", '{"a', '{"a":', '{"a":1', "[tru"])("ends on the incomplete text %s", (text) => {
    const source = textSource(text);
    expect([...source.childrenOf(source.root)].length).toBeLessThan(3);
  });
});

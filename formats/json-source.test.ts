import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { indexJsonText } from "./json-index";
import { byteSource, indexSource, type JsonSource, PAUSE } from "./json-source";

const bytesOf = (text: string) => new TextEncoder().encode(text);

function childrenOf(source: JsonSource, value: number): number[] {
  return [...source.childrenOf(value)].filter((child) => child !== PAUSE);
}

/** The tree of kinds below a value. */
function treeOf(source: JsonSource, value: number): unknown {
  const kind = source.kindOf(value);
  if (kind !== "object" && kind !== "list") return kind;
  return [kind, ...childrenOf(source, value).map((child) => treeOf(source, child))];
}

function kindsOf(value: unknown): unknown {
  if (Array.isArray(value)) return ["list", ...value.map(kindsOf)];
  if (value === null) return "null";
  if (typeof value === "object") return ["object", ...Object.values(value).map(kindsOf)];
  return typeof value === "string" ? "text" : typeof value;
}

describe.each([
  ["byteSource", (text: string) => byteSource(bytesOf(text))],
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

describe("byteSource", () => {
  it("gives positions in the text", () => {
    const text = ' {"a": [10, "x"], "b": null}';
    const source = byteSource(bytesOf(text));
    expect(source.root).toBe(1);
    expect(childrenOf(source, 1).map((at) => text.slice(at, at + 4))).toEqual(["[10,", "null"]);
  });

  it.each(['["a', '["a\\', "[1", "[[1", '{"a', '{"a":', '{"a":1', "[tru"])("ends on the incomplete text %s", (text) => {
    const source = byteSource(bytesOf(text));
    expect(childrenOf(source, source.root).length).toBeLessThan(3);
  });

  it("pauses in long strings, spaces and lists", () => {
    for (const filler of [
      `"${"a".repeat(600_000)}"`,
      " ".repeat(600_000),
      "1,".repeat(300_000),
      "[[]],".repeat(120_000),
    ]) {
      const source = byteSource(bytesOf(`[${filler}1]`.replace('"1]', '",1]')));
      const pauses = [...source.childrenOf(source.root)].filter((child) => child === PAUSE);
      expect([filler.slice(0, 5), pauses.length]).toEqual([filler.slice(0, 5), 2]);
    }
  });
});

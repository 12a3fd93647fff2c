import { describe, expect, it } from "vitest";
import { keyOfFile, readFile } from "./read-file";

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const read = (name: string, text: string | Uint8Array) =>
  readFile(name, typeof text === "string" ? utf8(text) : text).map(({ type, json, content }) => [type, json, content]);

describe("readFile", () => {
  it.each([
    ["a.csv", "day,n\n1,2.50\n2,\n", '[{"day":1,"n":2.50},\n{"day":2,"n":null}]', "2 rows, 2 columns"],
    ["a.csv", 'day;n\r\n"1;2";x\r\n\r\n', '[{"day":"1;2","n":"x"}]', "1 row, 2 columns"],
    ["a.tsv", "a\ta\n01\t2", '[["a","a"],\n["01",2]]', "1 row, 2 columns"],
    ["a.tab", "a|b\n1|2", '[{"a":1,"b":2}]', "1 row, 2 columns"],
    ["a.csv", "a,b,\n1,,", '[{"a":1,"b":null}]', "1 row, 2 columns"],
    ["a.csv", "a,b\n", '{"a":[],"b":[]}', "0 rows, 2 columns"],
    ["a.json", ' [{"n":1.0}] ', '[{"n":1.0}]', "1 row, 1 column"],
    ["export", '[{"n":12345678901234567890}]', '[{"n":12345678901234567890}]', "1 row, 1 column"],
  ])("reads %s with %j as a table", (name, text, json, content) => {
    expect(read(name, text)[0]).toEqual(["table", json, content]);
  });

  it.each([
    ["a.json", '{"n":1.0}', "json", '{"n":1.0}'],
    ["a.json", '{"n":[1,2]}', "json", '{"n":[1,2]}'],
    ["a.json", "[1,2]", "json", "[1,2]"],
    ["README.MD", "# Hi", "markdown", '"# Hi"'],
    ["a.log", "12:00 ok", "text", '"12:00 ok"'],
    ["a.csv", "a,b\n1,2,3", "text", '"a,b\\n1,2,3"'],
  ])("reads %s with %j as %s", (name, text, type, json) => {
    expect(read(name, text)[0]).toEqual([type, json, null]);
  });

  it("knows images by their first bytes, whatever their name is", () => {
    expect(read("a.txt", latin1("\x89PNG\r\n"))).toEqual([["image", '"data:image/png;base64,iVBORw0K"', null]]);
    expect(read("a.json", "<?xml version='1.0'?>\n<svg xmlns='x'/>")[0]?.[1]).toMatch(/^"data:image\/svg\+xml;base64,/);
    const large = new Uint8Array(100_000).fill(7);
    large.set(latin1("GIF8"));
    const [image] = readFile("a.gif", large);
    expect(Buffer.from(image?.json.slice(1, -1).split(",")[1] ?? "", "base64").equals(large)).toBe(true);
  });

  it("decodes UTF-16 with its mark, and what is not UTF-8 as windows-1252", () => {
    expect(read("a.txt", Uint8Array.from([0xff, 0xfe, 0x61, 0, 0xe9, 0]))[0]?.[1]).toBe('"aé"');
    expect(read("a.csv", latin1("st\xe4dte\n1"))[0]?.[1]).toBe('[{"städte":1}]');
    expect(read("a.md", Uint8Array.from([0xef, 0xbb, 0xbf, 0x61]))[0]?.[1]).toBe('"a"');
  });

  it.each([
    ["a.csv", "", "a.csv is empty."],
    ["a.md", " \n", "a.md is empty."],
    ["a.json", '{\n"a": 1,}', "a.json is not JSON, line 2, column 8: expected"],
    ["a.bin", "\0\x01", "a.bin is neither text, a table, JSON nor an image."],
  ])("refuses %s with %j", (name, text, message) => {
    expect(() => read(name, text)).toThrow(message);
  });
});

it.each([
  ["Größe 2.csv", "grosse-2"],
  ["report.final.md", "report-final"],
  ["___.txt", ""],
])("makes of %j the key %j", (name, key) => {
  expect(keyOfFile(name)).toBe(key);
});

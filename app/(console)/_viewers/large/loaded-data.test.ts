import { describe, expect, it } from "vitest";
import { sourceOf } from "#formats/json-index";
import { exportRows } from "../table/export-rows";
import { readData, transferable } from "./loaded-data";
import type { LoadedData, PreferredView } from "./protocol";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const read = (text: string, prefer: PreferredView, most?: number) => readData(encoder.encode(text), prefer, most);
const textOf = (data: LoadedData) => (data.kind === "lines" ? decoder.decode(data.lines.bytes) : null);

describe("readData", () => {
  it("reads a table with its columns", async () => {
    const data = read('[["city","people"],["Oslo",1.0]]', "table");
    if (data.kind !== "table") throw new Error(`It is ${data.kind}.`);
    expect(data.columns.map(({ name, type }) => [name, type])).toEqual([
      ["city", "text"],
      ["people", "number"],
    ]);
    expect(await exportRows(data.table, null, "csv").text()).toBe("city,people\r\nOslo,1.0\r\n");
  });

  it("reads what is not a table as JSON", () => {
    for (const text of ['{"a":1}', "[1]", "null", "1"]) expect(read(text, "table").kind, text).toBe("json");
  });

  it("reads a table as JSON on request", () => {
    expect(read('[{"a":1}]', "json").kind).toBe("json");
  });

  it("reads a string as the lines of its content", () => {
    const data = read('"a\\n\\u0062"', "json");
    expect(data).toMatchObject({ kind: "lines", isString: true });
    expect(textOf(data)).toBe("a\nb");
  });

  it("reads any text as its lines on request", () => {
    const data = read('"a\\n\\u0062"', "lines");
    expect(data).toMatchObject({ kind: "lines", isString: false });
    expect(textOf(data)).toBe('"a\\n\\u0062"');
  });

  it("reads a file as JSON, or as its lines with what is wrong", () => {
    expect(read('{"a":1}', "json-file").kind).toBe("json");
    const data = read('{"a":1]', "json-file");
    expect(data).toMatchObject({ kind: "lines", problem: expect.stringMatching(/^This isn't JSON: expected /) });
    expect(textOf(data)).toBe('{"a":1]');
  });

  it("reads only the first lines of a text with too many of them", () => {
    const data = readData(new Uint8Array(5_000_002).fill(10), "lines");
    if (data.kind !== "lines") throw new Error("Not lines.");
    expect(data.lines.starts).toHaveLength(5_000_000);
    expect(data.lines.bytes).toHaveLength(4_999_999);
    expect(data.problem).toMatch(/^Only the first 5,000,000 lines/);
    expect(read("a\n\n", "lines")).not.toHaveProperty("problem");
  });

  it("reads text with too many values as its lines", () => {
    const text = `[${Array(3000).fill(0).join()}]`;
    const data = read(text, "table", 2000);
    expect(data).toMatchObject({ kind: "lines", isString: false });
    expect(textOf(data)).toBe(text);
  });
});

describe("transferable", () => {
  it("copies a table, so that the worker keeps its own", async () => {
    const data = read('[{"a":1},{"a":2.50}]', "table");
    const [copy, buffers] = transferable(data);
    const received = structuredClone(copy, { transfer: buffers });
    if (data.kind !== "table" || received.kind !== "table") throw new Error("Not a table.");
    expect(await exportRows(received.table, null, "csv").text()).toBe("a\r\n1\r\n2.50\r\n");
    expect(await exportRows(data.table, null, "csv").text()).toBe("a\r\n1\r\n2.50\r\n");
  });

  it("copies JSON, so that the worker keeps its own", () => {
    const data = read('{"a":[1.0]}', "json");
    const [copy, buffers] = transferable(data);
    const received = structuredClone(copy, { transfer: buffers });
    if (data.kind !== "json" || received.kind !== "json") throw new Error("Not JSON.");
    expect(received).toEqual(data);
    expect(sourceOf(data.index, 2)).toBe("1.0");
  });

  it("moves lines", () => {
    const data = read('"a\\nb"', "json");
    const [moved, buffers] = transferable(data);
    const received = structuredClone(moved, { transfer: buffers });
    expect(textOf(received)).toBe("a\nb");
    expect(textOf(data)).toBe("");
  });
});

import { describe, expect, it } from "vitest";
import { typeName } from "../_list/artifact-type";
import { asPart, chooseViewer, VIEWERS, viewerOfLarge } from "./registry";

const chosen = (type: string | null, data: Parameters<typeof chooseViewer>[1], viewer?: string | number) =>
  chooseViewer({ type, key: "report", metadata: viewer === undefined ? null : { viewer } }, data);
const nameOf = (...of: Parameters<typeof chosen>) => chosen(...of).viewer?.name ?? null;

describe("chooseViewer", () => {
  it.each([
    ["markdown", "# a", "markdown"],
    ["markdown", "", "markdown"],
    ["markdown", [1], null],
    ["table", [{ a: 1 }], "table"],
    ["table", "[]", "table"],
    ["table", true, null],
    ["link", "https://a.b", "link"],
    ["link", { url: "x" }, "link"],
    ["link", "some *text*", "markdown"],
    ["link", 5, null],
    ["image", "https://a.b/c.png", "image"],
    ["image", "s3://a/b", "image"],
    ["image", " ", null],
    ["progress", 40, "progress"],
    ["progress", 140, "progress"],
    ["progress", "half", null],
    ["json", 5, "number"],
    [null, 5, "number"],
    ["own", 5, "number"],
    [null, { a: 1 }, null],
    [null, "text", null],
    ["markdown", 5, null],
  ])("for the type %j and %j is %j", (type, data, expected) => {
    expect(nameOf(type, data)).toBe(expected);
    expect(chosen(type, data).notice).toBeNull();
  });

  it.each([
    ["mermaid", "graph TD", "mermaid"],
    ["yaml", "a: 1", "code"],
    ["python", "print(1)", "code"],
    ["log", "INFO a", "log"],
    ["log", [1], null],
    ["jsonl", "{}", "jsonl"],
    ["vega-lite", { mark: "bar" }, "chart"],
    ["vega-lite", { a: 1 }, null],
    [null, { $schema: "https://vega.github.io/schema/vega-lite/v6.json", mark: "bar" }, "chart"],
    [null, { mark: "bar" }, null],
    ["json", { type: "FeatureCollection", features: [] }, "map"],
    ["json", { type: "FeatureCollection" }, null],
    ["report", ["# a", { type: "table", data: [] }], "report"],
    ["junit", "<testsuite/>", "junit"],
    ["lcov", "SF:a", "coverage"],
  ])("for the type %j and %j is %j", (type, data, expected) => {
    expect(nameOf(type, data)).toBe(expected);
  });

  it("is by the ending of the key for text whose type says nothing", () => {
    const of = (key: string, type: string | null, data: Parameters<typeof chooseViewer>[1]) =>
      chooseViewer({ type, key, metadata: null }, data).viewer?.name ?? null;
    expect(of("ci/build.log", null, "a")).toBe("log");
    expect(of("config.YAML", "text", "a: 1")).toBe("code");
    expect(of("config.yaml", "text", { a: 1 })).toBeNull();
    expect(of("notes.md.log", "markdown", "a")).toBe("markdown");
    expect(of("v1.0", null, "a")).toBeNull();
    expect(of("log", null, "a")).toBeNull();
  });

  it("is what the metadata names", () => {
    expect(nameOf("json", "# a", "markdown")).toBe("markdown");
    expect(nameOf("markdown", "# a", "text")).toBe("text");
    expect(nameOf("table", [{ a: 1 }], "json")).toBe("json");
    expect(nameOf(null, [{ a: 1 }], "table")).toBe("table");
  });

  it("says why it is not what the metadata names", () => {
    expect(chosen("json", [1], "markdown")).toMatchObject({
      viewer: null,
      notice: 'The viewer "markdown", which the metadata names, can\'t show this data.',
    });
    expect(chosen("markdown", "a", "hologram").viewer?.name).toBe("markdown");
    for (const name of ["hologram", "toString", "", 5])
      expect(chosen("markdown", "a", name).notice).toMatch(/doesn't exist\. It can be link, markdown, /);
  });
});

it.each([
  ["report", undefined, "json"],
  ["json", "report", "json"],
  ["table", undefined, "table"],
])("a part of the type %j with the viewer %j is shown by the viewer %j", (type, viewer, expected) => {
  const metadata = viewer === undefined ? null : { viewer };
  const choice = chooseViewer(asPart({ type, key: null, metadata }, [1]), [1]);
  expect([choice.viewer?.name, choice.notice]).toEqual([expected, null]);
});

it("viewers have different names", () => {
  expect(new Set(VIEWERS.map(({ name }) => name)).size).toBe(VIEWERS.length);
});

it("every type of a viewer has a name in lists", () => {
  const types = VIEWERS.flatMap((viewer) => viewer.types ?? []);
  expect(types.filter((type) => typeName(type) === type)).toEqual([]);
});

it("the viewer of large data is by what is said about it", () => {
  const of = (type: string | null, key: string, viewer?: string) =>
    viewerOfLarge({ type, key, metadata: viewer === undefined ? null : { viewer } })?.name ?? null;
  expect(of("markdown", "a")).toBe("markdown");
  expect(of("json", "a.log")).toBe("log");
  expect(of("json", "a", "table")).toBe("table");
  expect(of("json", "a", "hologram")).toBeNull();
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ArtifactDetail } from "#contract/artifact";
import { changeOf, draftOf, editableText, isPlainText, jsonErrorIn } from "./draft";

const artifact: ArtifactDetail = {
  id: "01a2078b-e78c-705e-af5f-79c7a9f69704",
  key: "report",
  version: 3,
  type: "markdown",
  description: "words",
  metadata: { a: 1, b: "12" },
  flowRunId: null,
  taskRunId: null,
  created: "2026-11-23T03:45:00.123456Z",
  updated: "2026-11-23T03:45:00.123456Z",
  size: 7,
  rows: null,
  number: null,
  data: "# one",
  isLatest: true,
  older: null,
  newer: null,
};
const draft = draftOf(artifact);
const stored = '"# one"';

describe("draftOf", () => {
  it("starts from the version", () => {
    expect(draft).toEqual({
      base: artifact.updated,
      description: "words",
      rows: [
        { id: 0, name: "a", text: "1" },
        { id: 1, name: "b", text: '"12"' },
      ],
      data: null,
      saving: "version",
    });
  });

  it("replaces the version of an artifact without a key, which can have no other", () => {
    expect(draftOf({ ...artifact, key: null, version: null }).saving).toBe("replace");
  });

  it("shows no description and no metadata as empty", () => {
    expect(draftOf({ ...artifact, description: null, metadata: null })).toMatchObject({ description: "", rows: [] });
  });
});

describe("changeOf", () => {
  it("returns no fields for an unchanged draft", () => {
    expect(changeOf(draft, artifact, stored)).toEqual({});
    expect(changeOf({ ...draft, data: "# one" }, artifact, stored)).toEqual({});
    const empty = { ...artifact, description: null, metadata: null };
    expect(changeOf(draftOf(empty), empty, stored)).toEqual({});
  });

  it("returns the fields that differ; an empty description or metadata is null", () => {
    expect(changeOf({ ...draft, description: "other" }, artifact, stored)).toEqual({ description: "other" });
    expect(changeOf({ ...draft, description: "", rows: [] }, artifact, stored)).toEqual({
      description: null,
      metadata: null,
    });
    expect(changeOf({ ...draft, rows: [{ id: 0, name: "a", text: "2" }] }, artifact, stored)).toEqual({
      metadata: { a: 2 },
    });
  });

  it("ignores the order of metadata", () => {
    expect(changeOf({ ...draft, rows: [...draft.rows].reverse() }, artifact, stored)).toEqual({});
  });

  it("tells a number in metadata from the same digits as text", () => {
    const rows = draft.rows.map((row) => (row.name === "b" ? { ...row, text: "12" } : row));
    expect(changeOf({ ...draft, rows }, artifact, stored)).toEqual({ metadata: { a: 1, b: 12 } });
  });

  it("takes the data of a string as text", () => {
    expect(changeOf({ ...draft, data: "[1" }, artifact, stored)).toEqual({ data: "[1" });
    expect(changeOf({ ...draft, data: "" }, artifact, stored)).toEqual({ data: "" });
  });

  it("parses other data as JSON", () => {
    const list = { ...artifact, type: "json", data: [1] };
    expect(changeOf({ ...draft, data: "[1, 2]" }, list, "[1]")).toEqual({ data: [1, 2] });
    expect(changeOf({ ...draft, data: '{\n  "a": ]\n}' }, list, "[1]")).toEqual({
      error: "Invalid JSON at line 2, column 8.",
    });
  });

  it("ignores data until the stored text has loaded", () => {
    expect(changeOf({ ...draft, data: "other" }, artifact, undefined)).toEqual({});
  });

  it("reports a metadata name that is used twice", () => {
    const rows = [...draft.rows, { id: 9, name: "a", text: "2" }];
    expect(changeOf({ ...draft, rows }, artifact, stored)).toEqual({ error: 'Metadata field "a" is used twice.' });
  });
});

describe("editableText", () => {
  it("is the content of a string, and JSON for a table in a string", () => {
    expect(editableText("markdown", '"# a\\nb"')).toBe("# a\nb");
    expect(editableText(null, '"a"')).toBe("a");
    expect(editableText("table", '"[1]"')).toBe('"[1]"');
  });

  it("is JSON for any data that is not a string", () => {
    for (const text of ["null", "12", "true", "[]", "{}"]) expect(editableText("markdown", text)).toBe(text);
    expect(isPlainText("markdown", 12)).toBe(false);
  });
});

describe("jsonErrorIn", () => {
  it.each([
    ["[1,]", 1, 4],
    ["", 1, 1],
    ["\n\n  nul", 3, 3],
    ['{"a": 1,\n"b" 2}', 2, 5],
    ["{'a': 1}", 1, 2],
    ["[1] 2", 1, 5],
    ["[1,\n2", 2, 2],
    ["01", 1, 2],
    ['"a\nb"', 1, 3],
  ])("locates the error in %j at line %i, column %i", (text, line, column) => {
    expect(jsonErrorIn(text)).toBe(`Invalid JSON at line ${line}, column ${column}.`);
  });

  it("accepts JSON with space around it", () => {
    expect(jsonErrorIn(' {"a": [1.0, "b", null]}\n')).toBeNull();
  });

  it("rejects what is nested too deeply for the server", () => {
    expect(jsonErrorIn("[".repeat(1000) + "]".repeat(1000))).toContain("200");
  });

  it("agrees with JSON.parse", () => {
    const text = fc.oneof(
      fc.json(),
      fc.string({ unit: fc.constantFrom("[", "]", "{", "}", ",", ":", '"', "1", "a", "\\", "\n", "-", "true") }),
    );
    const isJson = (each: string) => {
      try {
        JSON.parse(each);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(text, (each) => {
        expect(jsonErrorIn(each) === null).toBe(isJson(each));
      }),
    );
  });
});

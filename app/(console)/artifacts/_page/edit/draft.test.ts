import { describe, expect, it } from "vitest";
import type { ArtifactDetail } from "#contract/artifact";
import { dataOf, draftOf, draftTime, editableText, isPlainText, isUntouched, problemOf, withData } from "./draft";

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
  sha256: null,
  tags: [],
  restoredFrom: null,
  data: "# one",
  isLatest: true,
  older: null,
  newer: null,
};
const NOW = "2026-11-29T09:14:00.000Z";
const draft = draftOf(artifact, NOW);
const stored = '"# one"';

describe("draftOf", () => {
  it("starts from the version", () => {
    expect(draft).toEqual({
      began: NOW,
      base: { description: "words", metadata: { a: 1, b: "12" }, data: null },
      adopted: [],
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
    expect(draftOf({ ...artifact, key: null, version: null }, NOW).saving).toBe("replace");
  });

  it("shows no description and no metadata as empty", () => {
    expect(draftOf({ ...artifact, description: null, metadata: null }, NOW)).toMatchObject({
      description: "",
      rows: [],
    });
  });
});

describe("dataOf", () => {
  it("is null until the data is changed", () => {
    expect(dataOf(draft, "markdown")).toBeNull();
  });

  it("is a string for text, and the text itself for JSON, exactly as typed", () => {
    expect(dataOf(withData(draft, "[1", stored, "markdown"), "markdown")).toBe('"[1"');
    const json = '{"id": 9007199254740993, "a": 1.0, "a": 2}';
    expect(dataOf(withData(draft, json, "[1]", "json"), "json")).toBe(json);
  });

  it("keeps the JSON text from which the first change began", () => {
    expect(withData(withData(draft, "one", stored, "markdown"), "two", '"# other"', "markdown").base.data).toBe(stored);
  });
});

describe("isUntouched", () => {
  it("is true for a new draft and one whose changes were taken back", () => {
    expect(isUntouched(draft)).toBe(true);
    expect(isUntouched({ ...draft, description: "other" })).toBe(false);
    expect(isUntouched({ ...draft, rows: [...draft.rows, { id: 2, name: "", text: "" }] })).toBe(false);
    expect(isUntouched({ ...draft, rows: draft.rows.map((row) => ({ ...row, id: row.id + 5 })) })).toBe(true);
    expect(isUntouched(withData(draft, "# two", stored, "markdown"))).toBe(false);
    expect(isUntouched(withData(draft, "# one", stored, "markdown"))).toBe(true);
    expect(isUntouched(withData(draft, "[\n  1\n]", "[1]", "json"))).toBe(true);
    expect(isUntouched(withData(draft, "[1]", "[1]", "json"))).toBe(true);
  });
});

describe("problemOf", () => {
  it("finds none in an unchanged draft, and in text", () => {
    expect(problemOf(draft, "markdown")).toBeNull();
    expect(problemOf(withData(draft, "[1", stored, "markdown"), "markdown")).toBeNull();
  });

  it("names the line and column of an error in JSON", () => {
    expect(problemOf(withData(draft, '{\n  "a": ]\n}', "[1]", "json"), "json")).toBe(
      "Data, line 2, column 8: expected a value",
    );
  });

  it("reports a metadata name that is used twice", () => {
    const rows = [...draft.rows, { id: 9, name: "a", text: "2" }];
    expect(problemOf({ ...draft, rows }, "markdown")).toBe('Metadata field "a" is used twice.');
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
    expect(isPlainText("markdown", "12")).toBe(false);
    expect(isPlainText("markdown", ' "12"')).toBe(true);
  });
});

describe("draftTime", () => {
  it("has the date on other days only", () => {
    const now = new Date("2026-11-29T10:00:00Z");
    expect(draftTime(NOW, now, "UTC")).toBe("09:14");
    expect(draftTime("2026-11-27T23:05:00.000Z", now, "UTC")).toBe("27 Nov, 23:05");
    expect(draftTime("2026-11-27T23:05:00.000Z", now, "Asia/Tokyo")).toBe("28 Nov, 08:05");
  });
});

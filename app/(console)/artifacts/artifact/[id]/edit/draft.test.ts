import { describe, expect, it } from "vitest";
import type { ArtifactDetail } from "#contract/artifact";
import { changeOf, draftOf, editableText } from "./draft";

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
const start = draftOf(artifact);
const stored = '"# one"';

describe("the change that a draft makes", () => {
  it("is nothing before anything was typed", () => {
    expect(changeOf(start, artifact, stored)).toEqual({});
    expect(changeOf({ ...start, data: "# one" }, artifact, stored)).toEqual({});
  });

  it("is only what differs; an emptied description or metadata is cleared", () => {
    expect(changeOf({ ...start, description: "other" }, artifact, stored)).toEqual({ description: "other" });
    expect(changeOf({ ...start, description: "", rows: [] }, artifact, stored)).toEqual({
      description: null,
      metadata: null,
    });
    expect(changeOf({ ...start, rows: [...start.rows].reverse() }, artifact, stored)).toEqual({});
  });

  it("takes written data as text and other data as JSON, or says that it is none", () => {
    expect(changeOf({ ...start, data: "[1" }, artifact, stored)).toEqual({ data: "[1" });
    const list = { ...artifact, type: "json", data: [1] };
    expect(changeOf({ ...start, data: "[1, 2]" }, list, "[1]")).toEqual({ data: [1, 2] });
    expect(changeOf({ ...start, data: "[1" }, list, "[1]")).toHaveProperty("fault");
  });

  it("refuses a name of metadata that stands twice", () => {
    const rows = [...start.rows, { id: 9, name: "a", text: "2" }];
    expect(changeOf({ ...start, rows }, artifact, stored)).toHaveProperty("fault");
  });
});

it("publishes a new version by default, where there can be one", () => {
  expect(start.saving).toBe("version");
  expect(draftOf({ ...artifact, key: null, version: null }).saving).toBe("replace");
});

it("puts a string of a written type as text, and a table's JSON string as JSON", () => {
  expect(editableText("markdown", '"# a\\nb"')).toBe("# a\nb");
  expect(editableText("table", '"[1]"')).toBe('"[1]"');
});

import { describe, expect, it } from "vitest";
import { type Condition, type FieldName, parseConditions } from "#contract/list-filter/condition";
import type { Facets, FacetValue } from "#contract/paging";
import { filterCommands } from "./commands";

const FIELDS: FieldName[] = ["type", "key", "description", "flow", "state", "tag", "runtag", "created", "rows"];

const facet = (value: string | null, count: number): FacetValue => ({ value, id: null, count });

const FACETS: Facets = {
  labels: [],
  authors: [],
  owners: [facet("Ada", 3)],
  metadataNames: [facet("region", 7), facet("a.b", 1)],
  artifactTags: [facet("us", 4), facet("eu", 1)],
  complete: true,
  types: [facet("table", 1_200), facet("parquet", 2), facet(null, 7)],
  flows: [facet("etl", 5), facet("etl", 1), facet("sync", 3)],
  deployments: [facet("prod", 4)],
  states: [facet("FAILED", 1)],
  tags: [facet("eu", 3), facet("us", 2)],
};

/** The commands for a text, and the conditions that choosing one adds or starts to edit. */
function builder(text: string, search = "", facets: Facets | null = FACETS) {
  const applied: Condition[] = [];
  const started: Condition[] = [];
  const conditions = parseConditions(search, FIELDS);
  const commands = filterCommands(text, { fields: FIELDS, conditions }, facets ?? undefined, {
    onApply: (condition) => applied.push(condition),
    onField: (draft) => started.push(draft),
  });
  const choose = (label: string) => commands.find((command) => command.label === label)?.run();
  return {
    applied,
    started,
    choose,
    commands,
    labels: commands.map(({ group, label }) => `${group}: ${label}`),
    hints: new Map(commands.map(({ label, hint }) => [label, hint])),
  };
}

describe("the commands of the filter", () => {
  it("are its fields", () => {
    expect(builder("").labels).toEqual(
      ["Type", "Key", "Description", "Flow", "Run state", "Tag", "Run tag", "Created", "Rows"].map(
        (name) => `Fields: ${name}`,
      ),
    );
  });

  it("are fields, values and the text itself where there is one", () => {
    expect(builder("fail").labels).toEqual([
      "Run state: Failed",
      "Text: Key contains “fail”",
      "Text: Description contains “fail”",
      "Text: Flow is “fail”",
      "Text: Tag has all of “fail”",
      "Text: Run tag has all of “fail”",
    ]);
    expect(builder("created last 7").labels[0]).toBe("Created: Last 7 days");
    expect(builder("ty").labels.slice(0, 3)).toEqual(["Fields: Type", "Type: Table", "Type: parquet"]);
  });

  it("have counts, of a repeated name the largest, lower bounds where the facets are incomplete", () => {
    expect(builder("table").hints.get("Table")).toBe("1,200");
    expect(builder("etl").hints.get("etl")).toBe("5");
    expect(builder("table", "", { ...FACETS, complete: false }).hints.get("Table")).toBe("1,200+");
    expect(builder("table", "", null).labels[0]).toMatch("Text: ");
  });

  it("leave out values that the filter has", () => {
    expect(builder("type", "type=table").labels).toContain("Type: parquet");
    expect(builder("type", "type=table").labels).not.toContain("Type: Table");
  });

  it("have the condition that the text spells", () => {
    expect(builder("rows:100..").labels[0]).toBe("Typed: Rows ≥ 100");
    expect(builder("rows:100").labels[0]).toMatch("Text: ");
  });
});

describe("choosing a command", () => {
  it("adds a value to those of the field", () => {
    const { choose, applied } = builder("parquet", "type=table");
    choose("parquet");
    expect(applied).toEqual([{ field: "type", path: "", operator: "is", values: ["table", "parquet"] }]);
  });

  it("adds tags that all must be there, and a text", () => {
    const { choose, applied } = builder("us", "tag&=eu");
    choose("us");
    choose("Key contains “us”");
    expect(applied).toEqual([
      { field: "tag", path: "", operator: "all", values: ["eu", "us"] },
      { field: "key", path: "", operator: "contains", values: ["us"] },
    ]);
  });

  it("has tags of artifacts and of runs apart", () => {
    const { commands } = builder("us");
    const tags = commands.filter(({ label }) => label === "us").map(({ group, hint }) => [group, hint]);
    expect(tags).toEqual([
      ["Tag", "4"],
      ["Run tag", "2"],
    ]);
  });

  it("starts to edit a field, with what the filter has", () => {
    const { choose, started } = builder("", "type=table");
    choose("Type");
    choose("Rows");
    expect(started).toEqual([
      { field: "type", path: "", operator: "is", values: ["table"] },
      { field: "rows", path: "", operator: "in", values: [] },
    ]);
  });
});

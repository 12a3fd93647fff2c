import { describe, expect, it } from "vitest";
import type { Facets, FacetValue } from "#contract/query";
import { loadView, type View } from "../view";
import { typeOptions } from "./filter-bar";
import { filterCommands } from "./filter-commands";

const facet = (value: string | null, count: number): FacetValue => ({ value, id: null, count });

const FACETS: Facets = {
  complete: true,
  types: [facet("table", 1_200), facet("parquet", 2), facet(null, 7)],
  flows: [facet("etl", 5), facet("etl", 1), facet("sync", 3)],
  deployments: [facet("prod", 4)],
  states: [facet("FAILED", 1)],
  tags: [facet("eu", 3), facet("us", 2)],
};

/** The commands for a text, and the parts of a view that choosing one sets. */
function picker(text: string, search = "", facets: Facets | null = FACETS) {
  const added: Partial<View>[] = [];
  let rangeOpened = false;
  const commands = filterCommands(text, loadView(search), facets ?? undefined, {
    onAdd: (part) => added.push(part),
    onRange: () => {
      rangeOpened = true;
    },
  });
  const choose = (label: string) => {
    commands.find((command) => command.label === label)?.run();
    return added.at(-1);
  };
  return {
    choose,
    labels: commands.map(({ group, label }) => `${group}: ${label}`),
    hints: new Map(commands.map(({ label, hint }) => [label, hint])),
    rangeOpened: () => rangeOpened,
  };
}

describe("the filters to pick from", () => {
  it("are the values of the facets and the time spans", () => {
    expect(picker("").labels).toEqual([
      "Type: Table",
      "Type: parquet",
      "Flow: etl",
      "Flow: sync",
      "Deployment: prod",
      "Run state: Failed",
      "Run tag: eu",
      "Run tag: us",
      "Created: Last hour",
      "Created: Last 24 hours",
      "Created: Last 7 days",
      "Created: Last 30 days",
      "Created: Between two dates…",
    ]);
  });

  it("have counts, of a repeated name the largest", () => {
    const { hints } = picker("");
    expect(hints.get("Table")).toBe("1,200");
    expect(hints.get("etl")).toBe("5");
  });

  it("mark counts as lower bounds where the facets are incomplete", () => {
    expect(picker("", "", { ...FACETS, complete: false }).hints.get("Table")).toBe("1,200+");
  });

  it("are the time spans while the facets load", () => {
    expect(picker("", "", null).labels.every((label) => label.startsWith("Created: "))).toBe(true);
  });

  it.each([
    ["?type=table", "Type"],
    ["?flow=etl", "Flow"],
    ["?deployment=prod", "Deployment"],
    ["?state=FAILED", "Run state"],
  ])("leave out the field of %s only", (search, field) => {
    const labels = picker("").labels.filter((label) => !label.startsWith(`${field}: `));
    expect(picker("", search).labels).toEqual(labels);
  });

  it("leave out the tags of the view", () => {
    const tags = picker("", "?tags=eu").labels.filter((label) => label.startsWith("Run tag: "));
    expect(tags).toEqual(["Run tag: us"]);
  });

  it("match all words of the text, in the group or the label", () => {
    expect(picker("state FAIL").labels[0]).toBe("Run state: Failed");
    expect(picker("last 7").labels[0]).toBe("Created: Last 7 days");
    expect(picker("state table").labels.every((label) => label.startsWith("Text: "))).toBe(true);
  });

  it("offer to search for the text itself", () => {
    expect(picker(" sea level ").labels).toEqual([
      "Text: Key contains “sea level”",
      "Text: Description contains “sea level”",
      "Text: Flow is “sea level”",
      "Text: Run tag is “sea level”",
    ]);
  });

  it("do not offer to search keys where artifacts have none", () => {
    expect(picker("sea", "?keys=none").labels[0]).toBe("Text: Description contains “sea”");
  });
});

describe("choosing a filter", () => {
  it.each<[label: string, part: Partial<View>]>([
    ["Table", { type: "table" }],
    ["sync", { flow: "sync" }],
    ["prod", { deployment: "prod" }],
    ["Failed", { state: "FAILED" }],
    ["Last 7 days", { created: "7d" }],
  ])("sets %s", (label, part) => {
    expect(picker("").choose(label)).toEqual(part);
  });

  it("adds a tag to those of the view", () => {
    expect(picker("", "?tags=eu").choose("us")).toEqual({ tags: ["eu", "us"] });
    expect(picker("de", "?tags=eu").choose("Run tag is “de”")).toEqual({ tags: ["eu", "de"] });
    expect(picker("eu", "?tags=eu").choose("Run tag is “eu”")).toEqual({ tags: ["eu"] });
  });

  it("sets the text itself", () => {
    expect(picker("sea").choose("Key contains “sea”")).toEqual({ key: "sea" });
    expect(picker("sea").choose("Description contains “sea”")).toEqual({ description: "sea" });
    expect(picker("sea").choose("Flow is “sea”")).toEqual({ flow: "sea" });
  });

  it("opens the range of dates", () => {
    const { choose, rangeOpened } = picker("");
    expect(choose("Between two dates…")).toBeUndefined();
    expect(rangeOpened()).toBe(true);
  });
});

describe("the options of the type field", () => {
  const labels = (facets: Facets | undefined, selected = "") => typeOptions(facets, selected).map(({ label }) => label);

  it("are the known types while the facets load", () => {
    expect(labels(undefined)).toEqual(["Markdown", "Table", "Link", "Image", "Progress", "JSON"]);
  });

  it("have counts, and custom types after the known ones", () => {
    expect(labels(FACETS)).toEqual([
      "Markdown (0)",
      "Table (1,200)",
      "Link (0)",
      "Image (0)",
      "Progress (0)",
      "JSON (0)",
      "parquet (2)",
    ]);
  });

  it("have the selected type even where no artifact has it", () => {
    expect(labels(FACETS, "avro").at(-1)).toBe("avro (0)");
    expect(labels(FACETS, "parquet")).toHaveLength(7);
  });

  it("mark counts as lower bounds where the facets are incomplete", () => {
    expect(labels({ ...FACETS, complete: false })[1]).toBe("Table (1,200+)");
  });
});

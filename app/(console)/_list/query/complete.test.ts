import { describe, expect, it } from "vitest";
import type { Facets } from "#contract/paging";
import { completed, completionsOf, targetAt, without, withQuery } from "./complete";

const count = (value: string, count: number) => ({ value, id: null, count });
const FACETS: Facets = {
  types: [count("table", 12), count("markdown", 3)],
  flows: [count("load data", 5)],
  deployments: [],
  states: [count("FAILED", 2)],
  tags: [],
  artifactTags: [],
  labels: [],
  authors: [count("Ada Lovelace", 7)],
  owners: [count("Ada Lovelace", 4), count("ops", 2)],
  metadataNames: [count("region", 7), count("model name", 3), count("score", 2)],
  complete: true,
};

/** The labels and hints that are offered where `|` is in a text. */
function offered(marked: string) {
  const caret = marked.indexOf("|");
  const target = targetAt(marked.replace("|", ""), caret);
  return target && completionsOf(target, FACETS, "2026-11-30").map(({ label, hint }) => `${label} ${hint}`.trim());
}

/** The text and the caret after the first completion. */
function accepted(marked: string) {
  const text = marked.replace("|", "");
  const target = targetAt(text, marked.indexOf("|"));
  const [first] = target ? completionsOf(target, FACETS, "2026-11-30") : [];
  if (!target || !first) return null;
  const after = completed(text, target, first);
  return `${after.text.slice(0, after.caret)}|${after.text.slice(after.caret)}`;
}

describe("completion", () => {
  it.each([
    ["typ|", "type:|"],
    ["rain -ta|", "rain -tag:|"],
    ["(type:ta|) x", "(type:table |) x"],
    ["type:!=table,ma| x", "type:!=table,markdown| x"],
    ["flow:|", 'flow:"load data" |'],
    ["by:ada|", 'by:"Ada Lovelace" |'],
    ["by:m|", "by:me |"],
    ["owner:a|", 'owner:"Ada Lovelace" |'],
    ["-metadata.reg|", "-metadata.region:|"],
    ["metadata.mod|", 'metadata."model name":|'],
    ["run.state:f|", "run.state:failed |"],
    ["has:des|", "has:description |"],
    ["meta|", "metadata.|"],
    ["created:|", "created:2026-11-30 |"],
    ['"rain ty|', null],
    ["typ|:table", null],
    ["unknown:|", null],
    ["type:table|", null],
  ])("of %s is %s", (marked, result) => {
    expect(accepted(marked)).toBe(result);
  });

  it("offers values that occur with their counts, the commonest first", () => {
    expect(offered("type:|")).toEqual(["table 12", "markdown 3"]);
    expect(offered("run.state:|")?.slice(0, 2)).toEqual(["failed 2", "scheduled"]);
  });

  it("offers common operators where nothing is typed, and the short names of others", () => {
    expect(offered("|")?.map((each) => each.split(" ")[0])).toEqual([
      "type",
      "flow",
      "tag",
      "label",
      "age",
      "rows",
      "has",
      "metadata",
    ]);
    expect(offered("a flow|")?.map((each) => each.split(" ")[0])).toEqual(expect.arrayContaining(["flow", "flow.tag"]));
  });
});

it("counts values in the query without their condition", () => {
  const text = "rain -type:ta rows:1";
  const target = targetAt(text, "rain -type:ta".length);
  expect(target && without(text, target.condition)).toBe("rain  rows:1");
});

it("has the last query first, once, and at most eight", () => {
  expect(withQuery(["a", "b", "c"], " b ")).toEqual(["b", "a", "c"]);
  expect(withQuery([..."12345678"], "9")).toEqual([..."91234567"]);
  expect(withQuery(["a"], " ")).toEqual(["a"]);
});

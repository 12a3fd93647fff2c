import { expect, it } from "vitest";
import type { Json } from "#contract/json";
import { createBudget } from "./budget";
import { dataSide, differenceOf } from "./difference";
import { type PartsDifference, partName, partsDifference } from "./parts";
import { summaryOf } from "./summary";
import type { DocumentPart } from "./values/document";

const PNG = "iVBORw0KGgo=";
const printed = (text: string): Json => [{ output_type: "stream", name: "stdout", text }];
const picture = (data: string): Json => [{ output_type: "display_data", data: { "image/png": data } }];
const code = (source: string, outputs: Json = [], more: { [name: string]: Json } = {}): Json => ({
  ...{ cell_type: "code", source, outputs, execution_count: 1 },
  ...more,
});
const text = (source: string): Json => ({ cell_type: "markdown", source });
const notebook = (cells: Json[], metadata: Json = {}) => JSON.stringify({ nbformat: 4, metadata, cells });
function compare(from: string, to: string) {
  const difference = differenceOf(dataSide(null, from), dataSide(null, to), {}, createBudget(10_000));
  const names = difference.kind === "parts" ? difference.parts.map((part) => partName(difference.noun, part)) : [];
  return { difference, summary: summaryOf(difference), names };
}

it("compares a notebook by its cells, with what they put out apart", () => {
  const from = [text("# Sales"), code("total = sum(rows)\nprint(total)", printed("3\n")), code("x"), code("plot()")];
  const to = [
    text("# Sales"),
    code("import pandas"),
    code("total = sum(rows, 1)\nprint(total)", printed("4\n")),
    code("plot()", picture(PNG)),
  ];
  const { difference, summary, names } = compare(notebook(from), notebook(to));
  expect(summary).toBe("1 cell added, 1 removed, 1 changed, outputs of 2 cells changed");
  expect(names).toEqual(["Code cell 2", "Code cell 2 → 3", "Code cell 3", "Code cell 4"]);
  const { parts, same } = difference as PartsDifference;
  expect(same).toBe(1);
  expect(parts[1]).toMatchObject({ text: { changed: 1 }, output: { changed: 0, added: 1, removed: 1 } });
  expect(parts[3]).toMatchObject({ text: null, images: [{ from: null, to: `data:image/png;base64,${PNG}` }] });
});

it("does not take other numbers of runs for a difference of cells", () => {
  const { difference, summary } = compare(
    notebook([code("a", printed("1"))]),
    notebook([code("a", printed("1"), { execution_count: 7 })]),
  );
  expect(difference.kind).toBe("json");
  expect(summary).toBe("1 value changed");
});

it("says it of a notebook in which only outputs differ", () => {
  const { summary } = compare(notebook([code("a", printed("1"))]), notebook([code("a", printed("2"))]));
  expect(summary).toBe("Outputs of 1 cell changed");
});

const shown = (data: { [type: string]: Json }): Json => [{ output_type: "display_data", data }];

it.each([
  [
    "HTML beside the same text",
    code("a", shown({ "text/plain": "<Styler at 0x7f01>", "text/html": "<table><tr><td>1</td></tr></table>" })),
    code("a", shown({ "text/plain": "<Styler at 0x7f01>", "text/html": "<table><tr><td>2</td></tr></table>" })),
  ],
  [
    "attached images",
    { cell_type: "markdown", source: "![](attachment:a)", attachments: { a: { "image/png": PNG } } },
    { cell_type: "markdown", source: "![](attachment:a)", attachments: { a: { "image/png": "AAAA" } } },
  ],
])("finds other %s", (_, from, to) => {
  const { summary } = compare(notebook([from, code("x")]), notebook([to, code("y")]));
  expect(summary).toBe("1 cell added, 1 removed, outputs of 1 cell changed");
});

it("does not take for a difference what Python makes up at each run", () => {
  const run = (hex: string) => [
    code("plot()", shown({ "text/plain": `[<matplotlib.lines.Line2D at 0x${hex}>]` })),
    code("f", printed(`<function f at 0x${hex}>\n`)),
    code(
      "styler",
      shown({
        "text/plain": `<Styler at 0x${hex}>`,
        "text/html": `<style>#T_${hex} {}</style><table id="T_${hex}"><td id="T_${hex}_0" class="a">1</td></table>`,
      }),
    ),
  ];
  const { summary } = compare(notebook([...run("7f01"), code("x")]), notebook([...run("7F02"), code("y")]));
  expect(summary).toBe("1 cell added, 1 removed");
});

it("pairs rewritten cells by their names, and others by their words", () => {
  const { names, summary } = compare(
    notebook([code("alpha beta", [], { id: "a" }), code("one two three")]),
    notebook([code("0"), code("gamma", [], { id: "a" }), code("one two four")]),
  );
  expect(summary).toBe("1 cell added, 2 changed");
  expect(names).toEqual(["Code cell 1", "Code cell 1 → 2", "Code cell 2 → 3"]);
});

const pages = (...texts: string[]) => ({
  noun: "page" as const,
  parts: texts.map((each): DocumentPart => ({ id: null, kind: "", text: each, output: null })),
});

it("finds a page between others", () => {
  const difference = partsDifference(pages("a", "c"), pages("a", "b", "c"), createBudget(1000));
  expect(summaryOf(difference)).toBe("1 page added");
  expect(difference.parts.map((part) => partName("page", part))).toEqual(["Page 2"]);
});

it("compares many parts that all differ within its time", () => {
  const many = (word: string) => pages(...Array.from({ length: 3000 }, (_, at) => `${word} ${at} `.repeat(50)));
  const budget = createBudget(2000);
  const start = performance.now();
  const difference = partsDifference(many("old"), many("new"), budget);
  expect(performance.now() - start).toBeLessThan(15_000);
  expect(difference.changed).toBe(3000);
  expect(difference.parts).toHaveLength(1000);
  expect(budget.notes).toContain("Only the first 1,000 changes are listed; all are counted.");
});

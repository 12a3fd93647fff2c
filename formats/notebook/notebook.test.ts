import { describe, expect, it } from "vitest";
import type { Json } from "#contract/json";
import { isNotebook } from "./is-notebook";
import { type Cell, findableText, parseNotebook } from "./notebook";
import { fitsMarkdown, hasOwnStyles, markdownOfHtml, readOutputs } from "./output";

const PNG = "iVBORw0KGgo=";
const notebook = (cells: Json, more: { [name: string]: Json } = {}) => ({ nbformat: 4, cells, ...more });
function read(data: Json) {
  const read = parseNotebook(JSON.stringify(data));
  if (typeof read === "string") throw new Error(read);
  return { ...read, cells: [...read.cells] };
}
const code = (outputs: Json): Cell => ({
  id: null,
  kind: "code",
  source: "",
  language: "python",
  count: null,
  outputs: readOutputs(outputs),
});

describe("a notebook", () => {
  it("has cells in order, with their numbers, languages and attachments", () => {
    const { cells, ...head } = read(
      notebook(
        [
          { id: "a1", cell_type: "markdown", source: ["# A\n", "b"], attachments: { "x.png": { "image/png": PNG } } },
          { cell_type: "code", source: "1 + 1", execution_count: 3, outputs: [] },
          { cell_type: "code", source: "%%bash\nls", execution_count: null, outputs: [] },
          { cell_type: "raw", source: "---" },
        ],
        { metadata: { kernelspec: { display_name: "Python 3 (ipykernel)" }, language_info: { name: "Python" } } },
      ),
    );
    expect(head).toEqual({ kernel: "Python 3 (ipykernel)", language: "python", count: 4 });
    expect(cells).toEqual([
      { id: "a1", kind: "markdown", source: "# A\nb", attachments: { "x.png": `data:image/png;base64,${PNG}` } },
      { id: null, kind: "code", source: "1 + 1", language: "python", count: 3, outputs: [] },
      { id: null, kind: "code", source: "%%bash\nls", language: "bash", count: null, outputs: [] },
      { id: null, kind: "raw", source: "---" },
    ]);
  });

  it("may be of nbformat 3", () => {
    const outputs: Json = [
      { output_type: "stream", stream: "stdout", text: ["a\n", "b"] },
      { output_type: "pyout", prompt_number: 1, text: ["2"] },
      { output_type: "display_data", png: `${PNG}\n` },
      { output_type: "pyerr", ename: "E", evalue: "no", traceback: [] },
    ];
    const cells: Json = [
      { cell_type: "heading", level: 2, source: "A" },
      { cell_type: "code", input: ["f()"], language: "julia", prompt_number: 1, outputs },
    ];
    const old = { nbformat: 3, metadata: {}, worksheets: [{ cells }] };
    expect(isNotebook(old)).toBe(true);
    expect(read(old)).toMatchObject({
      language: "julia",
      cells: [
        { kind: "markdown", source: "## A" },
        {
          source: "f()",
          count: 1,
          outputs: [
            { kind: "text", text: "a\nb", isError: false },
            { kind: "text", text: "2" },
            { kind: "image", src: `data:image/png;base64,${PNG}` },
            { kind: "text", text: "E: no", isError: true },
          ],
        },
      ],
    });
  });

  it("may be of nbformat 2 or 3 with lines that have no line breaks", () => {
    const outputs: Json = [
      { output_type: "stream", text: ["a", "b"] },
      { output_type: "pyout", html: ["<b>", "c</b>"], text: ["c", "d"], prompt_number: 4 },
      { output_type: "display_data", json: '{"a": 1}' },
      { output_type: "pyerr", etype: "E", evalue: "no" },
    ];
    const cells: Json = [
      { cell_type: "code", input: ["x = 1", "", "x"], collapsed: false, prompt_number: 4, outputs },
      { cell_type: "markdown", source: ["- a\n", "- b"] },
      { cell_type: "html", source: "<i>c</i>" },
      { cell_type: "heading", level: 9, source: ["Two", "lines"] },
      { cell_type: "raw", source: ["a", "b"] },
    ];
    expect(
      read({
        nbformat: 2,
        metadata: { name: "n" },
        worksheets: [{ cells: cells.slice(0, 2) }, { cells: cells.slice(2) }],
      }),
    ).toMatchObject({
      count: 5,
      cells: [
        {
          source: "x = 1\n\nx",
          count: 4,
          outputs: [
            { kind: "text", text: "a\nb", isError: false },
            { kind: "html", html: "<b>\nc</b>", text: "c\nd" },
            { kind: "data", json: '{"a":1}' },
            { kind: "text", text: "E: no", isError: true },
          ],
        },
        { kind: "markdown", source: "- a\n- b" },
        { kind: "markdown", source: "<i>c</i>" },
        { kind: "markdown", source: "###### Two lines" },
        { kind: "raw", source: "a\nb" },
      ],
    });
  });

  it.each([
    ['{"cells": [', /^This isn't JSON: expected .* in line 1, column \d+\.$/],
    ['{"nbformat": 4, "cells": {}}', /^This isn't a notebook: it has no list of cells\.$/],
    ["[]", /^This isn't a notebook/],
    ["null", /^This isn't a notebook/],
  ])("is not %s", (text, problem) => {
    expect(parseNotebook(text)).toMatch(problem);
    if (!text.endsWith("[")) expect(isNotebook(JSON.parse(text))).toBe(false);
  });

  it("may have cells and outputs of any form", () => {
    const odd: Json[] = [
      null,
      1,
      "a",
      [],
      {},
      { cell_type: "code", source: 1, outputs: [null, 1, {}, [], { data: 1 }] },
    ];
    const { cells } = read(notebook([...odd, { cell_type: "markdown", source: [1], attachments: [1] }]));
    expect(cells).toHaveLength(7);
    expect(cells[5]).toMatchObject({ source: "", outputs: Array(5).fill({ kind: "unknown", mediaTypes: [] }) });
  });

  it("is found by its code and text", () => {
    expect(findableText({ ...code([{ output_type: "stream", name: "stdout", text: "b" }]), source: "a" })).toBe("a\nb");
  });
});

describe("the outputs of a cell", () => {
  const display = (data: Json, metadata: Json = {}) =>
    readOutputs([{ output_type: "display_data", data, metadata }])[0];

  it("have the pieces of a stream together", () => {
    const stream = (name: string, text: Json) => ({ output_type: "stream", name, text });
    expect(
      readOutputs([
        stream("stdout", "a"),
        stream("stdout", ["b\n", "c"]),
        stream("stderr", "d"),
        stream("stdout", "e"),
      ]),
    ).toEqual([
      { kind: "text", text: "ab\nc", isError: false },
      { kind: "text", text: "d", isError: true },
      { kind: "text", text: "e", isError: false },
    ]);
  });

  it("are tracebacks with their colours", () => {
    const traceback = ["\u001b[0;31mZeroDivisionError\u001b[0m", "at 1"];
    expect(readOutputs([{ output_type: "error", ename: "a", evalue: "b", traceback }])).toEqual([
      { kind: "text", text: traceback.join("\n"), isError: true },
    ]);
  });

  it("are shown in the richest of their forms", () => {
    const plain = { "text/plain": ["<Figure", " size>"] };
    expect(display({ ...plain, "image/png": PNG }, { "image/png": { width: 300, height: -1 } })).toEqual({
      kind: "image",
      src: `data:image/png;base64,${PNG}`,
      size: { width: 300 },
    });
    expect(display({ ...plain, "image/svg+xml": "<svg><script/></svg>" })).toMatchObject({
      kind: "image",
      src: "data:image/svg+xml;charset=utf-8,%3Csvg%3E%3Cscript%2F%3E%3C%2Fsvg%3E",
    });
    expect(display({ ...plain, "application/vnd.vegalite.v5+json": { mark: "bar" } })).toMatchObject({
      kind: "data",
      type: "vega-lite",
      json: '{"mark":"bar"}',
    });
    expect(display({ ...plain, "text/html": "<b>a</b>" })).toMatchObject({ kind: "html", text: "<Figure size>" });
    expect(display({ "text/plain": "<IPython.core.display.HTML object>", "text/html": "a" })).toMatchObject({
      text: null,
    });
    expect(display({ ...plain, "text/latex": "$x$" })).toEqual({ kind: "math", text: "$x$" });
    expect(display({ "application/javascript": "alert(1)" })).toEqual({
      kind: "unknown",
      mediaTypes: ["application/javascript"],
    });
  });

  it("are no images whose data is none", () => {
    expect(display({ "image/png": '"><script>', "text/plain": "a" })).toMatchObject({ kind: "text", text: "a" });
  });
});

it.each([
  ["<div>\n<style scoped>\n .dataframe {}\n\n</style>\n<table><tr><td>1</td></tr></table></div>", true],
  ["<b>bold</b>", true],
  ["<style>#sk {}</style><div>estimator</div>", false],
  ["<table></table><script>alert(1)</script>", false],
  ["<iframe src='https://example.org'></iframe>", false],
  [`<table>${"<tr></tr>".repeat(200_000)}</table>`, false],
])("of HTML, %.60s is shown as markdown: %s", (html, fits) => {
  expect(fitsMarkdown(html)).toBe(fits);
  if (fits) expect(markdownOfHtml(html)).not.toMatch(/\n\s*\n/);
});

it("makes markdown of HTML in time that grows with its length", () => {
  const separators = "\u2028".repeat(900_000);
  const start = performance.now();
  expect(markdownOfHtml(`<b>\r\n \r\n${separators}\n</b>`)).toBe("<div>\n<b>\n</b>\n</div>");
  expect(performance.now() - start).toBeLessThan(500);
});

it.each([
  ["<style scoped>.dataframe {}</style><table></table>", false],
  ['<style type="text/css">#T_1 { background: red }</style><table></table>', true],
  ["<table></table>", false],
])("knows whether %s has styles of its own", (html, has) => {
  expect(hasOwnStyles(html)).toBe(has);
});

it("looks for styles in time that grows with the length of HTML", () => {
  const start = performance.now();
  expect(hasOwnStyles(`<table></table>${"<style".repeat(160_000)} scoped>`)).toBe(true);
  expect(hasOwnStyles(`${"<style scoped ".repeat(70_000)}>`)).toBe(false);
  expect(performance.now() - start).toBeLessThan(500);
});

import { expect, test } from "vitest";
import { artifactRow } from "#test/artifact-row";
import { formatVersion } from "./show-output";

const plain = { style: (_: string, text: string) => text, width: null, colors: false };

/** The output below the fields. */
function data(type: string | null, text: string, width: number | null = null): string {
  const row = { ...artifactRow({ type }), isLatest: true, older: null, newer: null };
  return formatVersion(row, text, { ...plain, width })
    .split("\n\n")
    .slice(1)
    .join("\n\n");
}

test("prints the fields that are set", () => {
  const fields = {
    description: "Two\x1b lines",
    metadata: { source: "shop", deep: { a: [1] } },
    flowRunId: "run-1",
    updated: "2026-01-02T00:00:00.000000Z",
    rows: 2,
    type: "table",
  };
  const row = { ...artifactRow(fields), isLatest: false, older: null, newer: null };
  const [head] = formatVersion(row, "[]", plain).split("\n\n");
  expect(head?.replace(/\d\d:\d\d:\d\d/g, "T")).toMatch(
    /^report@1 \(not the latest\)\nTwo� lines\ntype {6}table\ncontent {3}2 rows\ncreated {3}\S+ T\nupdated {3}\S+ T\nflow run {2}run-1\nid {8}\S+\nmetadata {2}source: shop\n {10}deep: \{"a":\[1\]\}$/,
  );
  const unkeyed = {
    ...artifactRow({ key: null, version: null, type: null }),
    isLatest: true,
    older: null,
    newer: null,
  };
  expect(formatVersion(unkeyed, "1", plain)).not.toMatch(/latest|type|updated|metadata/);
});

test.each([
  ["json", '{"b":1.0,"a":9007199254740993}', '{\n  "b": 1.0,\n  "a": 9007199254740993\n}'],
  ["markdown", '"# Hi\\n\\u001b[31m\\n"', "# Hi\n"],
  ["markdown", '"a<br>b"', "a\nb"],
  ["json", '"a \\u001b[31mred\\u001b[0m\\u001b[2K\\u0007"', "a red"],
  ["link", '{"url":"https://a.example/","text":"Words"}', "Words\nhttps://a.example/"],
  ["link", '"https://a.example/"', "https://a.example/"],
  ["link", "[1]", "[\n  1\n]"],
  ["image", '"https://a.example/a.png"', "https://a.example/a.png"],
  ["image", '"data:image/png;base64,AAAA"', "image/png, a data URL of 26 B; to get the image, use --file"],
  ["progress", "50", `${"█".repeat(20)}${"░".repeat(20)} 50 %`],
  ["progress", "140", `${"█".repeat(40)} 140 %`],
  ["progress", '"half"', "half"],
  ["table", '[{"city":"Oslo","n":1.0},{"city":"Rome","n":20}]', "city    n\nOslo  1.0\nRome   20"],
  ["table", String.raw`[{"n":"K\u00f6ln","c":{"citt\u00e0":"a\n"}}]`, 'n     c\nKöln  {"città":"a\\n"}'],
  ["table", '[{"a":"[Words](https://a.example/)"}]', "a\nWords (https://a.example/)"],
  ["table", `[{"a":"https://a.example/${"x".repeat(80)}"}]`, `a\nhttps://a.example/${"x".repeat(80)}`],
  ["table", '[{"a":"[Words](javascript:alert)"}]', "a\n[Words](javascript:alert)"],
  ["table", '"not a table"', '"not a table"'],
  [null, "null", "null"],
])("prints data of type %s: %s", (type, text, output) => {
  expect(data(type, text)).toBe(output);
});

test("shortens wide cells and long tables", () => {
  expect(data("table", JSON.stringify([{ a: "x".repeat(80) }]))).toBe(`a\n${"x".repeat(59)}…`);
  expect(data("table", '[{"a":"long text","b":1}]', 8)).toBe("a      …\nlong te…");
  const lines = data("table", JSON.stringify(Array.from({ length: 1002 }, (_, a) => ({ a })))).split("\n");
  expect(lines).toHaveLength(1002);
  expect(lines.at(-1)).toBe("… and 2 more rows; to get all, use --raw");
});

test("keeps colours, and nothing else that a terminal acts on, where colours are shown", () => {
  const row = { ...artifactRow({ type: "json" }), isLatest: true, older: null, newer: null };
  const text = JSON.stringify("\u001b[1;31mred\u001b[0m \u001b[2J\u001b]0;x\u0007\u001b[5Aend");
  const shown = formatVersion(row, text, { ...plain, colors: true });
  expect(shown.endsWith("\u001b[1;31mred\u001b[0m end\u001b[0m")).toBe(true);
});

import { describe, expect, test } from "vitest";
import { csvLayout, describeLayout } from "./csv-layout";

const detect = (text: string, options = {}, usual: "," | "\t" = ",") => csvLayout(Buffer.from(text), options, usual);

describe("the separator", () => {
  test.each([
    [";", "name;amount;city\nMüller;1.234,50;Köln\n"],
    [";", "id;price\n1;2,50\n2;3,75\n"],
    [";", "id;text\n1;hello, world\n2;a, b, c\n"],
    ["\t", "a\tb\n1,5\t2\n"],
    ["|", "x|y|z\n1|2|3\n"],
    [",", "a,b\n1;2,3;4\n"],
    [",", 'a,b\n"1;2;3","x;y"\n"4;5;6","z"\n'],
    [",", "comment\nhello\nworld\n"],
    [",", ""],
  ])("is %j", (separator, text) => {
    expect(detect(text).separator).toBe(separator);
  });

  test("is that of the extension where nothing shows another", () => {
    expect(detect("a\n1\n", {}, "\t").separator).toBe("\t");
    expect(detect("a,b\n1,2\n", {}, "\t").separator).toBe(",");
  });

  test("is found in a file of which only the start is read", () => {
    expect(detect(`a;b\n${'"x, y";1\n'.repeat(40_000)}`).separator).toBe(";");
    expect(detect(`a;b\n1;"${"long\n".repeat(60_000)}";\n`).separator).toBe(";");
  });

  test("may be declared in the first line, as spreadsheets do", () => {
    expect(detect("sep=|\r\na,b|c\r\n1,2|3\r\n")).toMatchObject({ separator: "|", header: 2, start: 2 });
  });

  test.each([
    ["tab", "\t"],
    ["\\t", "\t"],
    ["semicolon", ";"],
    ["#", "#"],
  ])("--separator %s", (option, separator) => {
    expect(detect("a,b\n", { separator: option }).separator).toBe(separator);
  });
});

describe("the header", () => {
  test.each([
    [1, "a,b\n1,2\n"],
    [2, "\na,b\n1,2\n"],
    [4, "Report of May\n\nMade by: x\nid,name\n1,b\n2,c\n"],
    [3, "# one, two, three\n# four\n#id,name\n1,b\n2,c\n"],
    [2, "Sales,,\nid,name,city\n1,b,c\n"],
    [1, "year,2019,2020\nA,1,2\n"],
    [1, "one\ntwo\n"],
    [1, "a,b\n1,2,3\n"],
  ])("is line %i of %j", (header, text) => {
    expect(detect(text)).toMatchObject({ header, start: header });
  });

  test("--header sets its line, or that there is none", () => {
    expect(detect("a,b\n1,2\n", { header: "2" })).toMatchObject({ header: 2, start: 2 });
    expect(detect("a,b\n1,2\n", { header: "none" })).toMatchObject({ header: null, start: 1 });
  });
});

test("describes what was detected and is not the usual", () => {
  const described = (text: string, options = {}) => describeLayout(detect(text, options), options, ",");
  expect(described("a,b\n1,2\n")).toEqual([]);
  expect(described("title\na;b\n1;2\n3;4\n")).toEqual([
    'the separator is ";"; to set another, use --separator',
    "the header is line 2; to set another, use --header",
  ]);
  expect(described("a\tb\n1\t2\n")).toEqual(["the separator is a tab; to set another, use --separator"]);
  expect(described("title\na;b\n1;2\n3;4\n", { separator: ";", header: "2" })).toEqual([]);
});

test.each([
  [{ separator: "ab" }, 'Invalid --separator "ab": use one character, or tab, comma, semicolon, pipe or space.'],
  [{ quote: "no" }, 'Invalid --quote "no": use one character, or none.'],
  [{ header: "0" }, 'Invalid --header "0": use the number of a line, or none.'],
  [{ badLines: "drop" }, 'Invalid --bad-lines "drop": use skip or keep.'],
])("rejects %j", (options, message) => {
  expect(() => detect("a,b\n", options)).toThrow(message);
});

test("a first line of only numbers is not a header", () => {
  expect(detect("1,2\n3,4\n")).toMatchObject({ header: null, start: 1 });
  expect(detect("1,2\n3,4\n", { header: "1" })).toMatchObject({ header: 1 });
  expect(describeLayout(detect("1,2\n3,4\n"), {}, ",")).toEqual([
    "there is no header, as the first line has only numbers; to set one, use --header",
  ]);
});

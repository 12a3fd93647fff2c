import { expect, it } from "vitest";
import { elementsOf, readXml, rootTag } from "./xml";

it("reads elements with their attributes and text", () => {
  const root = readXml(
    `\uFEFF<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><!-- <b> --><a one="1 &lt; 2" two='"'>x &amp; &#x41;&#66;<b/><![CDATA[<c>]]></a>\n`,
  );
  expect(root).toMatchObject({ name: "a", text: "x & AB<c>", children: [{ name: "b", children: [] }] });
  expect({ ...root?.attributes }).toEqual({ one: "1 < 2", two: '"' });
});

it.each([
  "",
  "a",
  "<a>",
  "<a></b>",
  "<a/><b/>",
  "</a>",
  "<a b=c/>",
  "<a/>x",
  "<a><!-- </a>",
  "<a><![CDATA[</a>",
  '<a b="<"/>',
])("does not read %s", (text) => {
  expect(readXml(text)).toBeNull();
});

it("finds the outermost elements of a name", () => {
  const root = readXml("<a><c n='1'><c n='2'/></c><b><c n='3'/></b></a>");
  expect(root && Array.from(elementsOf(root, "c"), ({ attributes }) => attributes.n)).toEqual(["1", "3"]);
});

it("does not read entities of the text, nor members of objects", () => {
  const root = readXml('<!DOCTYPE a [<!ENTITY x "y">]><a __proto__="p">&x;&constructor;</a>');
  expect(root?.text).toBe("&x;&constructor;");
});

it.each([
  "<a>".repeat(1_000_000),
  `<a ${'b="" '.repeat(500_000)}>`,
  `<a>${"<".repeat(1_000_000)}</a>`,
  `<a>${"<!--".repeat(500_000)}`,
  `<a${" ".repeat(1_000_000)}`,
  `<!DOCTYPE a [${"] ".repeat(500_000)}`,
])("reads hostile text in linear time: %.20s", (text) => {
  const start = performance.now();
  expect(readXml(text)).toBeNull();
  expect(performance.now() - start).toBeLessThan(3000);
});

it.each([
  ["<?xml version='1.0'?>\n<!-- a -> b --><!DOCTYPE a SYSTEM 'b'>\n<a b='c'><d/></a>", "<a b='c'>"],
  ["<!-- <a> -->", null],
  ["text <a>", null],
  ["", null],
])("finds the first tag of %s", (text, tag) => {
  expect(rootTag(text)).toBe(tag);
});

import type { Json } from "#contract/json";
import { type Covered, type FileCoverage, none, rangesOf, readLcov } from "./lcov";
import { elementsOf, readXml, rootTag, type XmlElement } from "./xml";

/** `50% (1/2)`: how many of the branches of a line are covered. */
const CONDITIONS = /\((\d+)\/(\d+)\)/;

/** Whether data is such a report by the beginning of its text. */
export function isCobertura(data: Json): boolean {
  return typeof data === "string" && /^<coverage\s[^>]*\bline-rate=/.test(rootTag(data) ?? "");
}

/** The files of a report in Cobertura's XML, with classes of the same file joined; null for other XML and for what is not well-formed. */
function readCobertura(xml: string): FileCoverage[] | null {
  const root = readXml(xml);
  if (root?.name !== "coverage") return null;
  const files = new Map<string, XmlElement[]>();
  for (const each of elementsOf(root, "class")) {
    const file = each.attributes.filename;
    if (file !== undefined) {
      const classes = files.get(file) ?? [];
      classes.push(each);
      files.set(file, classes);
    }
  }
  return Array.from(files, ([file, classes]) => summaryOf(file, classes));
}

/** The files of a report of lcov or in Cobertura's XML; empty for other text. */
export function readCoverage(text: string): FileCoverage[] {
  return /^\uFEFF?\s*</.test(text) ? (readCobertura(text) ?? []) : readLcov(text);
}

function summaryOf(file: string, classes: XmlElement[]): FileCoverage {
  const hits = new Map<number, number>();
  const branches = none();
  const functions = none();
  for (const each of classes) {
    for (const line of childrenOf(each, "lines").flatMap((lines) => childrenOf(lines, "line"))) {
      const number = Number(line.attributes.number);
      hits.set(number, (hits.get(number) ?? 0) + hitsOf(line));
      const [, hit = 0, found = 0] = CONDITIONS.exec(line.attributes["condition-coverage"] ?? "") ?? [];
      add(branches, Number(found), Number(hit));
    }
    for (const method of childrenOf(each, "methods").flatMap((methods) => childrenOf(methods, "method"))) {
      const isCalled = [...elementsOf(method, "line")].some((line) => hitsOf(line) > 0);
      add(functions, 1, isCalled ? 1 : 0);
    }
  }
  const missed = [...hits].filter(([, count]) => count === 0).map(([line]) => line);
  const lines = { found: hits.size, hit: hits.size - missed.length };
  return { file, lines, functions, branches, uncovered: rangesOf(missed) };
}

function childrenOf({ children }: XmlElement, name: string): XmlElement[] {
  return children.filter((each) => each.name === name);
}

function add(covered: Covered, found: number, hit: number): void {
  covered.found += found;
  covered.hit += hit;
}

function hitsOf({ attributes }: XmlElement): number {
  return Math.max(0, Number(attributes.hits) || 0);
}

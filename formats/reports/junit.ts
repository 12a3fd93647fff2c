import type { Json } from "#contract/json";
import { formatCount } from "../number";
import { readXml, rootTag, type XmlElement } from "./xml";

/** The result of a test case. */
export type TestResult = "passed" | "failed" | "error" | "skipped";

export interface TestCase {
  suite: string;
  name: string;
  result: TestResult;
  /** Null where it is not said. */
  seconds: number | null;
  message: string;
  /** What the failure has beside its message, such as a stack trace; at most `MAX_DETAILS` of it. */
  details: string;
}

export interface TestReport {
  cases: TestCase[];
  seconds: number | null;
}

/** In characters, for each test case. */
const MAX_DETAILS = 100_000;

const RESULTS: Record<string, TestResult> = { failure: "failed", error: "error", skipped: "skipped" };

/** Whether data is such a report by the beginning of its text. */
export function isJunit(data: Json): boolean {
  return typeof data === "string" && /^<testsuites?[\s>]/.test(rootTag(data) ?? "");
}

/** The test cases of a report in JUnit's XML. Null for other XML, and for what is not well-formed. */
export function readJunit(xml: string): TestReport | null {
  const root = readXml(xml);
  if (root?.name !== "testsuites" && root?.name !== "testsuite") return null;
  const cases = [...casesIn(root, "")];
  const times = cases.flatMap(({ seconds }) => seconds ?? []);
  const total = secondsOf(root) ?? (times.length > 0 ? times.reduce((sum, each) => sum + each, 0) : null);
  return { cases, seconds: total };
}

/** The rows of a table of test cases, without what a case does not say. */
export function testRows(cases: readonly TestCase[]): object[] {
  return cases.map(({ suite, name, result, seconds, message }) => ({
    ...(suite !== "" && { suite }),
    ...(name !== "" && { name }),
    result,
    ...(seconds !== null && { seconds }),
    ...(message !== "" && { message }),
  }));
}

/** What is within a test case is its output. */
function* casesIn(element: XmlElement, suite: string): Generator<TestCase> {
  if (element.name === "testcase") {
    yield caseOf(element, suite);
    return;
  }
  const name = element.name === "testsuite" ? (element.attributes.name ?? "") : suite;
  for (const child of element.children) yield* casesIn(child, name);
}

function caseOf(element: XmlElement, suite: string): TestCase {
  const problem = element.children.find(({ name }) => Object.hasOwn(RESULTS, name));
  const { name = "", classname } = element.attributes;
  return {
    suite: classname || suite,
    name,
    result: (problem && RESULTS[problem.name]) ?? "passed",
    seconds: secondsOf(element),
    message: problem?.attributes.message ?? "",
    details: detailsOf(problem?.text.trim() ?? ""),
  };
}

function detailsOf(text: string): string {
  if (text.length <= MAX_DETAILS) return text;
  return `${text.slice(0, MAX_DETAILS)}\n\nThe first ${formatCount(MAX_DETAILS)} of ${formatCount(text.length)} characters are shown.`;
}

function secondsOf({ attributes }: XmlElement): number | null {
  const text = attributes.time?.replaceAll(",", "");
  const seconds = text ? Number(text) : Number.NaN;
  return Number.isFinite(seconds) ? seconds : null;
}

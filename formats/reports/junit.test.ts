import { expect, it } from "vitest";
import { readJunit, testRows } from "./junit";

it("leaves out of the rows what a test case does not say", () => {
  const report = readJunit(`<testsuite>
    <testcase classname="db" name="connects" time="0.5"/>
    <testcase name="is fast"><failure message="2 s">at line 1</failure></testcase>
    <testcase name=""><skipped/></testcase>
  </testsuite>`);
  expect(testRows(report?.cases ?? [])).toEqual([
    { suite: "db", name: "connects", result: "passed", seconds: 0.5 },
    { name: "is fast", result: "failed", message: "2 s" },
    { result: "skipped" },
  ]);
});

"use client";

import { useMemo } from "react";
import { Notice } from "#app/_ui/notice";
import { formatNumber, pluralize } from "#formats/number";
import { readJunit, type TestCase, type TestReport, testRows } from "#formats/reports/junit";
import { CodeView } from "./code/code-view";
import type { ViewerProps } from "./shared/viewer-props";
import { TableOfText } from "./table-of-text";
import { TextView } from "./text/text-view";

/** More failures are listed in the table only. */
const MAX_FAILURES = 50;

/** A report in JUnit's XML: what failed with its messages, then all test cases as a table. */
export function JunitViewer(props: ViewerProps) {
  const xml = String(props.data);
  const report = useMemo(() => readJunit(xml), [xml]);
  if (report) return <Report report={report} {...props} />;
  return (
    <div className="space-y-3">
      <Notice>This isn't a report in JUnit's XML, so it's shown as text.</Notice>
      <CodeView text={xml} language="xml" />
    </div>
  );
}

function Report({ report: { cases, seconds }, artifact }: ViewerProps & { report: TestReport }) {
  const failures = cases.filter(({ result }) => result === "failed" || result === "error");
  const skipped = cases.filter(({ result }) => result === "skipped").length;
  const text = useMemo(() => JSON.stringify(testRows(cases)), [cases]);
  const passed = cases.length - failures.length - skipped;
  return (
    <div className="space-y-6">
      <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1 tabular-nums">
        <strong className={`font-semibold text-xl ${failures.length > 0 ? "text-danger" : "text-good"}`}>
          {failures.length > 0 ? `${failures.length} failed` : cases.length > 0 ? "All passed" : "No test cases"}
        </strong>
        <span className="text-soft">
          {passed} of {pluralize(cases.length, "test")} passed
          {skipped > 0 && `, ${skipped} skipped`}
          {seconds !== null && `, ${formatNumber(Math.round(seconds * 100) / 100)} s`}
        </span>
      </p>
      {failures.length > 0 && (
        <section aria-label="Failed tests" className="space-y-3">
          {failures.slice(0, MAX_FAILURES).map((each, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: test cases may have equal names
            <Failure key={at} test={each} open={at < 3} />
          ))}
          {failures.length > MAX_FAILURES && (
            <p className="text-soft text-sm">
              The first {MAX_FAILURES} failures are listed here, all of them in the table.
            </p>
          )}
        </section>
      )}
      {cases.length > 0 && <TableOfText artifact={artifact} text={text} fallback={null} />}
    </div>
  );
}

function Failure({ test: { suite, name, message, details }, open }: { test: TestCase; open: boolean }) {
  return (
    <details open={open} className="rounded-md border border-danger/30 px-3 py-2">
      <summary className="cursor-pointer break-words">
        <span className="font-medium">{name}</span> <span className="text-soft">{suite}</span>
      </summary>
      {message !== "" && <p className="mt-2 whitespace-pre-wrap break-words text-danger text-sm">{message}</p>}
      {details !== "" && details !== message && (
        <div className="mt-2">
          <TextView text={details} label={`Details of ${name}`} />
        </div>
      )}
    </details>
  );
}
